package io.fieldserve.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How sessions use CUDA.
 *
 * @param memoryLimit bytes of device memory that each session's arena may take; all there is by default
 * @param fullWorkspace whether an exhaustive search may try what needs more than 32 MB of workspace
 * @param tf32 whether matrix products and convolutions may round their float32 inputs to 10 bits of mantissa
 */
public record CudaSettings(
        OptionalLong memoryLimit,
        ArenaExtension arenaExtension,
        ConvolutionSearch convolutionSearch,
        boolean fullWorkspace,
        boolean tf32) {

    /** By how much the arena of device memory grows when it is full. */
    public enum ArenaExtension {
        /** To the next power of two. */
        NEXT_POWER_OF_TWO("kNextPowerOfTwo"),
        /** By what is asked for, so that one large grid doesn't double what is held from then on. */
        SAME_AS_REQUESTED("kSameAsRequested");

        private final String value;

        ArenaExtension(String value) {
            this.value = value;
        }
    }

    /** How cuDNN finds a kernel for a convolution of a shape it has not seen. */
    public enum ConvolutionSearch {
        /** By asking its model of the device. */
        HEURISTIC,
        /** By running them all, which takes seconds a shape. */
        EXHAUSTIVE,
        /** Not at all: one kernel for every shape. */
        DEFAULT
    }

    /** What is taken when nothing is configured. */
    public static CudaSettings defaults() {
        return new CudaSettings(
                OptionalLong.empty(), ArenaExtension.SAME_AS_REQUESTED, ConvolutionSearch.HEURISTIC, true, false);
    }

    /** These settings under the names and in the spelling of ONNX Runtime; what is absent is left to it. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("arena_extend_strategy", arenaExtension.value);
        memoryLimit.ifPresent(bytes -> options.put("gpu_mem_limit", Long.toString(bytes)));
        options.put("cudnn_conv_algo_search", convolutionSearch.name());
        options.put("cudnn_conv_use_max_workspace", fullWorkspace ? "1" : "0");
        options.put("use_tf32", tf32 ? "1" : "0");
        return options;
    }
}
