package io.fieldserve.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.fieldserve.surrogate.EnsembleException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderChoiceTest {

    @Test
    void takesTheFirstProviderThatIsThere() {
        // Given
        OnnxSettings settings = settings(false, ExecutionProvider.CPU, ExecutionProvider.CUDA);

        // When
        ExecutionProvider chosen = ProviderChoice.choose(settings);

        // Then
        assertThat(chosen).isEqualTo(ExecutionProvider.CPU);
    }

    @Test
    void saysWhatToDoWhereTheProviderIsMissing() {
        // Given
        assumeNoCuda();
        OnnxSettings settings = settings(false, ExecutionProvider.CUDA, ExecutionProvider.CPU);

        // When, Then
        assertThatThrownBy(() -> ProviderChoice.choose(settings))
                .isInstanceOf(EnsembleException.class)
                .hasMessage("Execution provider cuda is not available: this build of ONNX Runtime does not have it "
                        + "(build with -Pcuda). Mend that, choose another with fieldserve.execution.providers, or let "
                        + "the next one stand in with fieldserve.execution.allow-fallback=true");
    }

    @Test
    void fallsBackAlongTheListWhereThatIsAllowed() {
        // Given
        assumeNoCuda();
        OnnxSettings settings =
                settings(true, ExecutionProvider.TENSORRT, ExecutionProvider.CUDA, ExecutionProvider.CPU);

        // When
        ExecutionProvider chosen = ProviderChoice.choose(settings);

        // Then
        assertThat(chosen).isEqualTo(ExecutionProvider.CPU);
    }

    @Test
    void fallsBackToTheProcessorThoughTheListLeavesItOut() {
        // Given
        assumeNoCuda();
        OnnxSettings settings = settings(true, ExecutionProvider.CUDA);

        // When
        ExecutionProvider chosen = ProviderChoice.choose(settings);

        // Then
        assertThat(chosen).isEqualTo(ExecutionProvider.CPU);
    }

    @ParameterizedTest
    @CsvSource({"TENSORRT, tensorrt", "CUDA, cuda", "CPU, cpu"})
    void providersAreNamedAsInTheConfiguration(ExecutionProvider provider, String name) {
        // When
        String wireName = provider.wireName();

        // Then
        assertThat(wireName).isEqualTo(name);
    }

    @Test
    void settingsNeedAProvider() {
        // When, Then
        assertThatThrownBy(() -> settings(true)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void settingsNeedAThread() {
        // Given
        List<ExecutionProvider> providers = List.of(ExecutionProvider.CPU);

        // When, Then
        assertThatThrownBy(() -> new OnnxSettings(
                        providers, true, 0, SessionSettings.defaults(), AcceleratorSettings.defaults()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static OnnxSettings settings(boolean allowFallback, ExecutionProvider... providers) {
        return new OnnxSettings(
                List.of(providers), allowFallback, 1, SessionSettings.defaults(), AcceleratorSettings.defaults());
    }

    private static void assumeNoCuda() {
        assumeFalse(
                OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA),
                "this build of ONNX Runtime has CUDA, so nothing is missing");
    }
}
