package io.fieldserve.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainModelTest {
    private static final Field IMAGE =
            PlainModel.field("input 'input.1'", "input.1", List.of(-1, 3, -1, 64), List.of("H", "axis0"));
    private static final Field SCORES = PlainModel.field("output 'x:0'", "x:0", List.of(-1, 10), List.of());

    @Test
    void saysWhatTheGraphSaysAndNothingElse() throws JsonProcessingException {
        // Given
        Manifest manifest = PlainModel.manifest("ResNet_50", 2, List.of(IMAGE), List.of(SCORES));
        ObjectMapper mapper = ManifestJson.configure(new ObjectMapper());

        // When
        String json = mapper.writeValueAsString(manifest);

        // Then
        assertThat(mapper.readTree(json)).isEqualTo(mapper.readTree("""
                        {
                          "name": "ResNet_50", "version": 2, "title": "ResNet_50",
                          "description": "An ONNX graph without a manifest: its fields are those of the graph, and nothing is known of how it was trained or how accurate it is.",
                          "inputs": [{
                            "name": "input.1", "axes": ["H", "axis0"], "channels": 3, "dtype": "float32", "finite": false,
                            "shape": [-1, 3, -1, 64]
                          }],
                          "outputs": [{
                            "name": "x:0", "axes": [], "channels": 10, "dtype": "float32", "finite": false,
                            "shape": [-1, 10]
                          }],
                          "ensemble": {"layout": "separate", "members": 1, "files": [{"path": "model.onnx"}]}
                        }
                        """));
    }

    @Test
    void isPlainAndHasTheShapesOfTheGraph() {
        // When
        Manifest manifest = PlainModel.manifest("resnet", 1, List.of(IMAGE), List.of(SCORES));

        // Then
        assertThat(manifest.plain()).isTrue();
        assertThat(manifest.shape(IMAGE)).containsExactly(-1, 3, -1, 64);
        assertThat(manifest.shape(SCORES)).containsExactly(-1, 10);
        assertThat(manifest.batch()).isEmpty();
        assertThat(manifest.files().map(FileDigest::sha256)).containsExactly(Optional.empty());
    }

    @Test
    void takesAnyLengthOfAnOpenAxisAndTheOneOfAFixedAxis() {
        // When
        Manifest manifest = PlainModel.manifest("resnet", 1, List.of(IMAGE), List.of(SCORES));

        // Then
        assertThat(manifest.shortest(IMAGE, 0)).isEqualTo(1);
        assertThat(manifest.longest(IMAGE, 0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(manifest.shortest(IMAGE, 1)).isEqualTo(64);
        assertThat(manifest.longest(IMAGE, 1)).isEqualTo(64);
    }

    @Test
    void hasTheBatchThatAnyInputIsFixedTo() {
        // Given
        Field fixed = PlainModel.field("input 'a'", "a", List.of(4, 1), List.of());

        // When
        Manifest manifest = PlainModel.manifest("four", 1, List.of(IMAGE, fixed), List.of(SCORES));

        // Then
        assertThat(manifest.batch()).contains(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; input 'x' has no axes, expected [batch, channels, axes...]",
                "0; input 'x' has shape [0], expected a fixed number of channels on its second axis and no length of 0",
                "-1,-1,64; input 'x' has shape [-1, -1, 64], expected a fixed number of channels on its second axis and no length of 0",
                "-1,1,0; input 'x' has shape [-1, 1, 0], expected a fixed number of channels on its second axis and no length of 0"
            })
    void refusesArraysThatAreNoField(String shape, String reason) {
        // Given
        List<Integer> dims = shape.isEmpty()
                ? List.of()
                : List.of(shape.split(",")).stream().map(Integer::valueOf).toList();

        // When, Then
        assertThatThrownBy(() -> PlainModel.field("input 'x'", "x", dims, List.of()))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage(reason);
    }

    @Test
    void refusesAnOutputWhoseBatchIsNotThatOfTheInputs() {
        // Given
        Field one = PlainModel.field("output 'y'", "y", List.of(1, 10), List.of());

        // When, Then
        assertThatThrownBy(() -> PlainModel.manifest("resnet", 1, List.of(IMAGE), List.of(one)))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage("output 'y' has a batch of 1, the inputs have any");
    }

    @Test
    void refusesAGraphWithoutInputs() {
        // When, Then
        assertThatThrownBy(() -> PlainModel.manifest("constant", 1, List.of(), List.of(SCORES)))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage("the graph lacks inputs or outputs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Darcy FNO", "../etc", "-a"})
    void refusesNamesThatDoNotSuitAnAddress(String name) {
        // When, Then
        assertThatThrownBy(() -> PlainModel.manifest(name, 1, List.of(IMAGE), List.of(SCORES)))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageStartingWith("'" + name + "' is no name");
    }
}
