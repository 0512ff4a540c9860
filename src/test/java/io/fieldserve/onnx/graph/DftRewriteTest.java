package io.fieldserve.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rewritten graphs against what PyTorch gives in double precision (make_transforms.py, make_fourier_layers.py). */
class DftRewriteTest {

    /** A few roundings of float32, and tighter than ONNX Runtime's own DFT keeps. */
    private static final double ROUNDING = 5e-7;

    private static final Map<String, Array> ANSWERS = Onnx.arrays("transforms");

    static Stream<String> transforms() {
        return ANSWERS.keySet().stream()
                .filter(name -> name.endsWith(".x"))
                .map(name -> name.replace(".x", ""))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("transforms")
    void productsGiveWhatPytorchGives(String name) {
        // Given
        byte[] original = Onnx.graph("transform-" + name);

        // When
        byte[] rewritten = DftRewrite.rewrite(original).orElseThrow().model();

        // Then
        assertThat(Onnx.operators(rewritten)).doesNotContain("DFT");
        Onnx.run(rewritten, ANSWERS.get(name + ".x")).get("y").assertCloseTo(ANSWERS.get(name + ".y"), ROUNDING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"assigned-free", "assigned-fixed", "padded-free", "padded-fixed", "line-free"})
    void operatorsGiveWhatPytorchGives(String name) {
        // Given
        byte[] original = Onnx.graph(name);
        Map<String, Array> cases = Onnx.arrays(name);

        // When
        byte[] rewritten = DftRewrite.rewrite(original).orElseThrow().model();

        // Then
        assertThat(Onnx.operators(rewritten)).doesNotContain("DFT");
        for (int index = 0; cases.containsKey("x" + index); index++) {
            Array answer = cases.get("y" + index);
            Onnx.run(rewritten, cases.get("x" + index)).get("y").assertCloseTo(answer, ROUNDING);
            // The original does, too, so that it is the rewriting that is tested.
            Onnx.run(original, cases.get("x" + index)).get("y").assertCloseTo(answer, 10 * ROUNDING);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "assigned-free | 8 DFT nodes replaced by matrix products: 4 over axis 2 (6 modes), 4 over axis 3 (3 modes)",
                "padded-free | 8 DFT nodes replaced by matrix products: 4 over axis 2 (6 modes), 4 over axis 3 (3 modes)",
                "assigned-fixed | 8 DFT nodes replaced by matrix products: 4 over axis 2 (6 of 16 modes), 4 over axis 3 (3 of 8 modes)",
                "padded-fixed | 8 DFT nodes replaced by matrix products: 4 over axis 2 (6 of 15 modes), 4 over axis 3 (3 of 9 modes)",
                "line-free | 8 DFT nodes replaced by matrix products: 8 over axis 2 (3 modes, all modes)",
                "transform-spectrum-of-zeros | 1 DFT node replaced by matrix products: 1 over axis 1 (5 of 12 modes)",
                "transform-spectrum-of-others | 1 DFT node replaced by matrix products: 1 over axis 1 (all modes)",
                "transform-middle | 1 DFT node replaced by matrix products: 1 over axis 1 (all modes)",
            })
    void onlyKeptModesAreComputed(String name, String description) {
        assertThat(DftRewrite.rewrite(Onnx.graph(name)).map(Rewritten::description))
                .hasValue(description);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stays-axis-is-input", "stays-length-is-open", "stays-subgraph"})
    void nodesOfUnknownMeaningStay(String name) {
        assertThat(DftRewrite.rewrite(Onnx.graph(name))).isEmpty();
    }

    @Test
    void bytesThatAreNoModelAreLeftToOnnxRuntime() {
        assertThat(DftRewrite.rewrite(new byte[] {1, 2, 3})).isEqualTo(Optional.empty());
    }
}
