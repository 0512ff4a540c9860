package io.fieldserve.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumericsTest {

    @ParameterizedTest(name = "{0}, tf32 {1}, float16 {2}, NVIDIA_TF32_OVERRIDE={3}: {4}")
    @CsvSource(
            nullValues = "unset",
            value = {
                "CPU, true, true, unset, ''",
                "CUDA, false, true, unset, ''",
                "CUDA, true, false, unset, TF32",
                "CUDA, true, false, 1, TF32",
                "CUDA, true, false, 0, ''",
                "TENSORRT, false, false, unset, TF32",
                "TENSORRT, true, false, unset, TF32",
                "TENSORRT, true, false, 0, ''",
                "TENSORRT, false, true, unset, TF32 float16",
                "TENSORRT, false, true, 0, float16",
            })
    void saysWhatIsLessExactThanFloat32(
            ExecutionProvider provider, boolean tf32, boolean float16, String override, String expected) {
        // Given
        CudaSettings cuda = CudaSettings.defaults();
        AcceleratorSettings settings = new AcceleratorSettings(
                0,
                new CudaSettings(
                        cuda.memoryLimit(),
                        cuda.arenaExtension(),
                        cuda.convolutionSearch(),
                        cuda.fullWorkspace(),
                        tf32),
                new TensorRtSettings(Optional.empty(), OptionalLong.empty(), float16));

        // When
        List<String> remarks = Numerics.remarks(provider, settings, Optional.ofNullable(override));

        // Then
        List<String> words = expected.isEmpty() ? List.of() : List.of(expected.split(" ", -1));
        assertThat(remarks).hasSameSizeAs(words);
        for (int i = 0; i < words.size(); i++) {
            assertThat(remarks.get(i)).contains(words.get(i));
        }
    }
}
