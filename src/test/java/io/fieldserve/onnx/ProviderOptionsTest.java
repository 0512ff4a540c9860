package io.fieldserve.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.onnx.CudaSettings.ArenaExtension;
import io.fieldserve.onnx.CudaSettings.ConvolutionSearch;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings in the words of ONNX Runtime 1.29, as its provider options are documented. */
class ProviderOptionsTest {

    @Test
    void cudaIsExactAndReadyForChangingShapesByDefault() {
        // Given
        CudaSettings settings = CudaSettings.defaults();

        // When
        Map<String, String> options = settings.options();

        // Then
        assertThat(options)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "arena_extend_strategy", "kSameAsRequested",
                        "cudnn_conv_algo_search", "HEURISTIC",
                        "cudnn_conv_use_max_workspace", "1",
                        "use_tf32", "0"));
    }

    @Test
    void cudaTakesWhatIsConfigured() {
        // Given
        CudaSettings settings = new CudaSettings(
                OptionalLong.of(4L << 30), ArenaExtension.NEXT_POWER_OF_TWO, ConvolutionSearch.EXHAUSTIVE, false, true);

        // When
        Map<String, String> options = settings.options();

        // Then
        assertThat(options)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "gpu_mem_limit", "4294967296",
                        "arena_extend_strategy", "kNextPowerOfTwo",
                        "cudnn_conv_algo_search", "EXHAUSTIVE",
                        "cudnn_conv_use_max_workspace", "0",
                        "use_tf32", "1"));
    }

    @ParameterizedTest
    @CsvSource({"HEURISTIC, HEURISTIC", "EXHAUSTIVE, EXHAUSTIVE", "DEFAULT, DEFAULT"})
    void convolutionSearchesAreSpeltAsOnnxRuntimeDoes(ConvolutionSearch search, String value) {
        // Given
        CudaSettings settings =
                new CudaSettings(OptionalLong.empty(), ArenaExtension.SAME_AS_REQUESTED, search, true, false);

        // When
        Map<String, String> options = settings.options();

        // Then
        assertThat(options).containsEntry("cudnn_conv_algo_search", value);
    }

    @Test
    void tensorRtKeepsNothingAndStaysInFloat32ByDefault() {
        // Given
        TensorRtSettings settings = TensorRtSettings.defaults();

        // When
        Map<String, String> options = settings.options();

        // Then
        assertThat(options).containsExactlyInAnyOrderEntriesOf(Map.of("trt_fp16_enable", "0"));
    }

    @Test
    void tensorRtTakesWhatIsConfigured() {
        // Given
        TensorRtSettings settings =
                new TensorRtSettings(Optional.of(Path.of("/var/engines")), OptionalLong.of(1L << 30), true);

        // When
        Map<String, String> options = settings.options();

        // Then
        assertThat(options)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "trt_engine_cache_enable", "1",
                        "trt_engine_cache_path", "/var/engines",
                        "trt_timing_cache_enable", "1",
                        "trt_timing_cache_path", "/var/engines",
                        "trt_max_workspace_size", "1073741824",
                        "trt_fp16_enable", "1"));
    }

    @Test
    void aFolderIsNamedFromTheRoot() {
        // Given
        TensorRtSettings settings = new TensorRtSettings(Optional.of(Path.of("engines")), OptionalLong.empty(), false);

        // When
        Map<String, String> options = settings.options();

        // Then
        assertThat(options).containsEntry("trt_engine_cache_path", System.getProperty("user.dir") + "/engines");
    }

    @Test
    void devicesAreCountedFromZero() {
        // When, Then
        assertThatThrownBy(() -> new AcceleratorSettings(-1, CudaSettings.defaults(), TensorRtSettings.defaults()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
