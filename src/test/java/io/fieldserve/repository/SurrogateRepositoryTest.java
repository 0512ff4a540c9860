package io.fieldserve.repository;

import static io.fieldserve.surrogate.FieldArrays.tensor;
import static io.fieldserve.surrogate.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.codec.NpzArchive;
import io.fieldserve.prediction.GoldenCheck;
import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test finds a sound version of another surrogate beside the one it is about. */
class SurrogateRepositoryTest extends RepositoryTest {
    @Test
    void servesAVersionThatIsWhole() throws IOException {
        // Given
        Path folder = TinyVersion.affine().writeTo(root);

        // When
        repository.load();

        // Then
        RepositoryIndex index = repository.index();
        assertThat(index.complete()).isTrue();
        assertThat(index.rejected()).isEmpty();
        SurrogateVersion version = index.version("affine", 1).orElseThrow();
        assertThat(version.folder()).isEqualTo(folder);
        assertThat(version.manifest().title()).isEqualTo("Three straight lines");
        assertThat(version.ensemble().executionProvider()).isEqualTo("cpu");
    }

    @Test
    void servesBothLayouts() throws IOException {
        // Given
        TinyVersion.affine().writeTo(root);
        TinyVersion.affine()
                .with("/version", 2)
                .inOneGraph("affine-moments.onnx")
                .writeTo(root);

        // When
        repository.load();

        // Then
        assertThat(repository.index().served().get("affine")).containsOnlyKeys(1, 2);
    }

    @Test
    void servesAnEnsembleOfOne() throws IOException {
        // Given
        TinyVersion.affine()
                .inGraphs("affine-0.onnx")
                .golden("mean", Shape.of(1, 1, 2, 3), 1.5f, 2, 2.5f, 3.5f, 4.5f, 5.5f)
                .withoutGolden("std")
                .writeTo(root);

        // When
        repository.load();

        // Then
        assertThat(repository.index().rejected()).isEmpty();
        assertThat(repository.index().latest("affine")).isPresent();
    }

    @Test
    void takesTheHighestNumberForTheLatest() throws IOException {
        // Given
        for (int version : List.of(9, 10, 1)) {
            TinyVersion.affine().with("/version", version).writeTo(root);
        }

        // When
        repository.load();

        // Then
        assertThat(repository.index().latest("affine"))
                .map(version -> version.manifest().version())
                .contains(10);
        assertThat(repository
                        .index()
                        .versions()
                        .map(version -> version.manifest().version()))
                .containsExactly(1, 9, 10, 1);
    }

    @Test
    void knowsNoOtherNamesAndNumbers() throws IOException {
        // Given
        TinyVersion.affine().writeTo(root);

        // When
        repository.load();

        // Then
        assertThat(repository.index().version("affine", 2)).isEmpty();
        assertThat(repository.index().version("burgers", 1)).isEmpty();
        assertThat(repository.index().latest("burgers")).isEmpty();
    }

    @Test
    void servesTheVersionBeforeTheOneThatIsRejected() throws IOException {
        // Given
        TinyVersion.affine().writeTo(root);
        Path next = TinyVersion.affine().with("/version", 2).writeTo(root);
        Files.delete(next.resolve("golden.npz"));

        // When
        repository.load();

        // Then
        RepositoryIndex index = repository.index();
        assertThat(index.latest("affine"))
                .map(version -> version.manifest().version())
                .contains(1);
        assertThat(index.rejected())
                .containsExactly(new RejectedVersion("affine", "2", "golden.npz can't be read (NoSuchFileException)"));
        assertThat(index.complete()).isTrue();
    }

    @Test
    void passesOverWhatIsNoFolderOfAVersion() throws IOException {
        // Given
        Files.writeString(root.resolve("README.md"), "Surrogates");
        Files.writeString(root.resolve("pair").resolve("notes.txt"), "Version 1 is fine");
        Files.createDirectories(root.resolve(".git").resolve("objects"));
        Files.createDirectories(root.resolve("pair").resolve(".tmp"));

        // When
        repository.load();

        // Then
        assertThat(repository.index().rejected()).isEmpty();
        assertThat(repository.index().served()).containsOnlyKeys("pair");
    }

    @Test
    void isEmptyUntilItIsLoaded() {
        // When
        RepositoryIndex index = repository.index();

        // Then
        assertThat(index.loaded()).isFalse();
        assertThat(index.complete()).isFalse();
        assertThat(index.served()).isEmpty();
    }

    @Test
    void isNotCompleteWhileThereIsNothing(@TempDir Path empty) {
        // Given
        SurrogateRepository nothing = new SurrogateRepository(empty, runtime, version -> Duration.ZERO);

        // When
        nothing.load();

        // Then
        assertThat(nothing.index().loaded()).isTrue();
        assertThat(nothing.index().complete()).isFalse();
    }

    @Test
    void refusesARootThatDoesNotExist() {
        // Given
        Path missing = root.resolve("missing");
        SurrogateRepository nothing = new SurrogateRepository(missing, runtime, version -> Duration.ZERO);

        // When, Then
        assertThatThrownBy(nothing::load)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(missing.toString());
        assertThat(nothing.index().loaded()).isFalse();
    }

    @Test
    void closesEveryEnsemble() throws IOException {
        // Given
        TinyVersion.affine().writeTo(root);
        repository.load();
        Ensemble ensemble = repository.index().latest("affine").orElseThrow().ensemble();

        // When
        repository.close();

        // Then
        assertThat(repository.index().loaded()).isFalse();
        Tensor permeability = tensor(slabs, Shape.of(1, 1, 2, 3), 1);
        assertThatThrownBy(() -> run(ensemble, Map.of("permeability", permeability), new EnsembleQuery(3, false)))
                .hasMessageContaining("closed");
        permeability.close();
    }

    @Test
    void givesUpWhatWasOpenedBeforeAnError() throws IOException {
        // Given an error that comes with the second of two
        TinyVersion.affine().writeTo(root);
        GoldenCheck golden = new GoldenCheck(engine.predictor(), new NpzArchive(slabs));
        SurrogateRepository failing = new SurrogateRepository(root, ensembles, version -> {
            if (version.manifest().name().equals("pair")) {
                throw new OutOfMemoryError("made up");
            }
            return golden.test(version);
        });

        // When, Then
        assertThatThrownBy(failing::load).isInstanceOf(OutOfMemoryError.class);
        assertThat(ensembles.open()).isZero();
    }

    @Test
    void opensNoOtherVersionOnceItIsToClose() throws IOException {
        // Given that it is to close while the first of two is tested
        TinyVersion.affine().writeTo(root);
        GoldenCheck golden = new GoldenCheck(engine.predictor(), new NpzArchive(slabs));
        Thread closing = Thread.ofPlatform().unstarted(() -> repository.close());
        Set<String> tested = new TreeSet<>();
        repository = new SurrogateRepository(root, ensembles, version -> {
            if (tested.add(version.manifest().name())) {
                closing.start();
                Awaitility.await().until(() -> closing.getState() == Thread.State.WAITING);
            }
            return golden.test(version);
        });

        // When
        repository.load();

        // Then
        assertThat(tested).containsExactly("affine");
    }
}
