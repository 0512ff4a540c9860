package io.fieldserve.onnx;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How sessions use TensorRT.
 *
 * @param engineCache folder that keeps engines and kernel timings, so that a graph is built once for each device and
 *     range of shapes; made if it isn't there
 * @param workspace bytes of device memory that building an engine may take; TensorRT's own bound by default
 * @param float16 whether parts may run in float16
 */
public record TensorRtSettings(Optional<Path> engineCache, OptionalLong workspace, boolean float16) {

    /** What is taken when nothing is configured. */
    public static TensorRtSettings defaults() {
        return new TensorRtSettings(Optional.empty(), OptionalLong.empty(), false);
    }

    /** These settings under the names and in the spelling of ONNX Runtime; what is absent is left to it. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        engineCache.map(Path::toAbsolutePath).map(Path::toString).ifPresent(folder -> {
            options.put("trt_engine_cache_enable", "1");
            options.put("trt_engine_cache_path", folder);
            options.put("trt_timing_cache_enable", "1");
            options.put("trt_timing_cache_path", folder);
        });
        workspace.ifPresent(bytes -> options.put("trt_max_workspace_size", Long.toString(bytes)));
        options.put("trt_fp16_enable", float16 ? "1" : "0");
        return options;
    }
}
