package io.fieldserve.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.surrogate.ManifestReader;
import io.fieldserve.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions that must not be served, beside a sound one of another surrogate that must be. */
class RejectedVersionTest extends RepositoryTest {
    @ParameterizedTest
    @ValueSource(strings = {"affine-1.onnx", "golden.npz", "examples.npz"})
    void rejectsAFileThatWasChanged(String file) throws IOException {
        // Given
        Path folder = TinyVersion.affine().writeTo(root);
        Files.write(folder.resolve(file), new byte[] {0}, StandardOpenOption.APPEND);

        // When
        repository.load();

        // Then
        assertThat(reasonAgainstAffine()).startsWith(file + " has SHA-256 ").contains("the manifest says");
    }

    @ParameterizedTest
    @ValueSource(strings = {"surrogate.json", "affine-1.onnx", "golden.npz", "examples.npz"})
    void rejectsAVersionThatLacksAFile(String file) throws IOException {
        // Given
        Path folder = TinyVersion.affine().writeTo(root);
        Files.delete(folder.resolve(file));

        // When
        repository.load();

        // Then
        assertThat(reasonAgainstAffine()).isEqualTo(file + " can't be read (NoSuchFileException)");
    }

    @Test
    void rejectsTheManifestOfAnotherVersion() throws IOException {
        // Given
        Path folder = TinyVersion.affine().with("/version", 2).writeTo(root);
        Files.move(folder, folder.resolveSibling("1"));

        // When
        repository.load();

        // Then
        assertThat(reasonAgainstAffine()).isEqualTo("the manifest is of affine/2, the folder of affine/1");
    }

    @Test
    void rejectsTheManifestOfAnotherSurrogate() throws IOException {
        // Given
        Path folder = TinyVersion.affine().with("/name", "darcy").writeTo(root);
        Files.move(folder.getParent(), root.resolve("affine"));

        // When
        repository.load();

        // Then
        assertThat(reasonAgainstAffine()).isEqualTo("the manifest is of darcy/1, the folder of affine/1");
    }

    @Test
    void rejectsAManifestThatCannotBeRead() throws IOException {
        // Given
        Path folder = TinyVersion.affine().writeTo(root);
        Files.writeString(folder.resolve(ManifestReader.FILE_NAME), "{\"name\": ");

        // When
        repository.load();

        // Then
        assertThat(reasonAgainstAffine()).startsWith("not valid JSON: ");
    }

    @Test
    void rejectsAGraphThatIsNotWhatTheManifestSays() throws IOException {
        // Given
        TinyVersion.affine()
                .inGraphs("affine-0.onnx", "wrong-output.onnx", "affine-2.onnx")
                .writeTo(root);

        // When
        repository.load();

        // Then
        assertThat(reasonAgainstAffine())
                .isEqualTo("the graph must have an output 'pressure' of rank 4, it has {velocity=4}");
    }

    @Test
    void rejectsAGraphThatDoesNotRun() throws IOException {
        // Given
        TinyVersion.affine()
                .inGraphs("affine-0.onnx", "fails.onnx", "affine-2.onnx")
                .writeTo(root);

        // When
        repository.load();

        // Then
        assertThat(reasonAgainstAffine()).startsWith("the graph failed: ").contains("Reshape");
    }

    @Test
    void saysNothingOfWhereTheRepositoryLies() throws IOException {
        // Given
        TinyVersion.affine().writeTo(root);
        Path folder = Files.createDirectories(root.resolve("plain").resolve("1"));
        Files.writeString(folder.resolve("model.onnx"), "no graph");

        // When
        repository.load();

        // Then
        assertThat(repository.index().rejected())
                .singleElement()
                .satisfies(plain -> assertThat(plain.reason())
                        .contains("model.onnx")
                        .doesNotContain(root.toString(), root.toRealPath().toString()));
    }

    @Test
    void rejectsAVersionThatDoesNotReproduceItsGoldenCase() throws IOException {
        // Given a saved mean that is off by 0.01 at a norm of 13
        TinyVersion.affine()
                .golden("mean", Shape.of(1, 1, 2, 3), 1.01f, 2, 3, 5, 7, 9)
                .writeTo(root);

        // When
        repository.load();

        // Then
        assertThat(reasonAgainstAffine())
                .isEqualTo("golden case: mean differs from the saved array by 7.69e-04, at most 1.00e-05 is allowed");
    }

    /** Why the one version of that surrogate is not served, while the sound one is. */
    private String reasonAgainstAffine() {
        RepositoryIndex index = repository.index();
        assertThat(index.served()).containsOnlyKeys("pair");
        assertThat(index.complete()).isFalse();
        assertThat(index.rejected()).hasSize(1);
        assertThat(index.rejected().getFirst().surrogate()).isEqualTo("affine");
        assertThat(index.rejected().getFirst().version()).isEqualTo("1");
        return index.rejected().getFirst().reason();
    }
}
