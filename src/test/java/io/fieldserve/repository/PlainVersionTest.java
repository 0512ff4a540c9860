package io.fieldserve.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions without a manifest, beside a sound one of another surrogate that has one. */
class PlainVersionTest extends RepositoryTest {

    @Test
    void servesARepositoryOfAnotherServerAsItIs() throws IOException {
        // Given
        Path folder = PlainFolder.write(root, "Up_2x", "3", "dynamic");
        Files.writeString(folder.resolveSibling("config.pbtxt"), "platform: \"onnxruntime_onnx\"");
        Files.writeString(folder.resolveSibling("golden.npz"), "of nobody");
        Files.writeString(folder.resolve("golden.npz"), "of nobody");
        Files.writeString(folder.resolve("labels.txt"), "one");

        // When
        repository.load();

        // Then
        assertThat(repository.index().rejected()).isEmpty();
        assertThat(repository.index().served()).containsOnlyKeys("Up_2x", "pair");
        SurrogateVersion version = repository.index().version("Up_2x", 3).orElseThrow();
        assertThat(version.folder()).isEqualTo(folder);
        assertThat(version.manifest().plain()).isTrue();
        assertThat(version.manifest().ensemble().members()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "dynamic; input.1 [-1, 1, -1, -1] [H, W]; x:0 [-1, 1, -1, -1] [H, W]",
                "downsamples; a [-1, 1, -1, -1] [H, W]; b [-1, 2, -1, -1] [I, J]",
                "scores; image [-1, 3, 2, 2] [axis0, axis1]; scores [-1, 3] []",
                "fixed; x [1, 1, 2, 2] [axis0, axis1]; y [1, 1, 2, 2] [axis2, axis3]",
                "several; a [-1, 1, -1] [X], b [-1, 1, -1] [X], c [-1, 2] []; sum [-1, 1, -1] [X], double [-1, 2] []",
                "unnamed; x [-1, 1, -1] [axis0], y [-1, 1, -1] [axis1]; z [-1, 2] []",
                "numbers; x [-1] [], y [-1, 1, -1] [X]; product [-1] []",
                "far; x [-1, 1, -1] [L]; y [-1, 1, 1] [axis0]"
            })
    void takesTheFieldsOfTheGraph(String graph, String inputs, String outputs) throws IOException {
        // Given
        PlainFolder.write(root, "model", "1", graph);

        // When
        repository.load();

        // Then
        assertThat(repository.index().rejected()).isEmpty();
        Manifest manifest = repository.index().latest("model").orElseThrow().manifest();
        assertThat(described(manifest, manifest.inputs())).isEqualTo(inputs);
        assertThat(described(manifest, manifest.outputs())).isEqualTo(outputs);
    }

    private static String described(Manifest manifest, List<Field> fields) {
        return String.join(
                ", ",
                fields.stream()
                        .map(field -> "%s %s %s".formatted(field.name(), manifest.shape(field), field.axes()))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "integers; input 'ids' holds INT64, expected float32",
                "doubles; output 'y' holds DOUBLE, expected float32",
                "sequence; output 'y' is no tensor but a sequence or a map",
                "channels; input 'x' has shape [-1, -1, -1], expected a fixed number of channels on its second axis"
                        + " and no length of 0",
                "one_case; output 'y' has a batch of 1, the inputs have any",
                "reshaped; warm-up: the graph returned 'y' of shape [64, 1] for a batch of 2, it declares [-1, 1]",
                "coupled; warm-up: 'y' of one case depends on the others in its batch, or on chance",
                "chance; warm-up: 'y' of one case depends on the others in its batch, or on chance"
            })
    void rejectsWhatIsNoBatchOfFields(String graph, String reason) throws IOException {
        // Given
        PlainFolder.write(root, "model", "1", graph);

        // When
        repository.load();

        // Then
        assertThat(repository.index().rejected()).containsExactly(new RejectedVersion("model", "1", reason));
        assertThat(repository.index().served()).containsOnlyKeys("pair");
    }

    @Test
    void rejectsWhatIsNoGraph() throws IOException {
        // Given
        Path folder = Files.createDirectories(root.resolve("model").resolve("1"));
        Files.writeString(folder.resolve("model.onnx"), "model");

        // When
        repository.load();

        // Then
        assertThat(repository.index().rejected())
                .singleElement()
                .satisfies(version -> assertThat(version.reason())
                        .isEqualTo("model.onnx is refused: it is no ONNX model, or a damaged one"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "model, latest, 'latest' is no version",
                "model, 01, '01' is no version",
                "a model, 1, 'a model' is no name of letters"
            })
    void rejectsFoldersThatAreNoNameOrNumber(String name, String version, String reason) throws IOException {
        // Given
        PlainFolder.write(root, name, version, "dynamic");

        // When
        repository.load();

        // Then
        assertThat(repository.index().rejected())
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.reason()).startsWith(reason));
    }

    @Test
    void goesByTheManifestWhereThereIsOne() throws IOException {
        // Given
        Path folder = PlainFolder.write(root, "model", "1", "dynamic");
        Files.writeString(folder.resolve("surrogate.json"), "{}");

        // When
        repository.load();

        // Then
        assertThat(repository.index().rejected())
                .singleElement()
                .satisfies(version -> assertThat(version.reason()).contains("Missing creator property"));
    }

    @Test
    void servesVersionsWithAndWithoutAManifestOfOneSurrogate() throws IOException {
        // Given
        PlainFolder.write(root, "pair", "2", "dynamic");

        // When
        repository.load();

        // Then
        assertThat(repository.index().versions().map(SurrogateVersion::manifest))
                .extracting(Manifest::version, Manifest::plain)
                .containsExactly(tuple(1, false), tuple(2, true));
    }
}
