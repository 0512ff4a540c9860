package io.fieldserve.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.onnx.Graphs;
import io.fieldserve.onnx.OnnxRuntime;
import io.fieldserve.repository.SurrogateRepository;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.repository.TinyVersion;
import io.fieldserve.tensor.SlabPool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions 1, 2 and 10 of one surrogate, and version 1 of another. */
class CatalogueTest {
    private final OnnxRuntime runtime = new OnnxRuntime(Graphs.ON_CPU, new SlabPool(0));

    @TempDir
    Path root;

    private SurrogateRepository repository;
    private Catalogue catalogue;

    @BeforeEach
    void writeVersions() throws IOException {
        for (int version : List.of(1, 2, 10)) {
            TinyVersion.affine().with("/version", version).writeTo(root);
        }
        TinyVersion.pair().writeTo(root);
        repository = new SurrogateRepository(root, runtime, version -> Duration.ZERO);
        catalogue = new Catalogue(repository);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void findsTheNewestByDefault() {
        // Given
        repository.load();

        // When
        SurrogateVersion version = catalogue.find("affine", Optional.empty());

        // Then
        assertThat(version.manifest().version()).isEqualTo(10);
    }

    @Test
    void findsTheVersionAskedFor() {
        // Given
        repository.load();

        // When
        SurrogateVersion version = catalogue.find("affine", Optional.of("2"));

        // Then
        assertThat(version.manifest().version()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"3", "0", "01", "-1", "+1", "1.0", " 1", "", "one", "٢", "4294967297", "99999999999999999999"})
    void knowsNoOtherVersion(String version) {
        // Given
        repository.load();

        // When
        Failure failure = refusal("affine", Optional.of(version));

        // Then
        assertThat(failure).isEqualTo(new Failure.UnknownVersion("affine", version, List.of(1, 2, 10)));
        assertThat(failure.detail())
                .isEqualTo("Surrogate 'affine' has no version '" + version + "': expected one of 1, 2, 10.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"burgers", "", "AFFINE", "affine/1"})
    void knowsNoOtherSurrogate(String name) {
        // Given
        repository.load();

        // When
        Failure failure = refusal(name, Optional.of("1"));

        // Then
        assertThat(failure).isEqualTo(new Failure.UnknownSurrogate(name, List.of("affine", "pair")));
    }

    @Test
    void listsTheVersionsOfASurrogate() {
        // Given
        repository.load();

        // When
        List<Integer> versions = catalogue.versions("affine");

        // Then
        assertThat(versions).containsExactly(1, 2, 10);
        assertThat(catalogue.versions("burgers")).isEmpty();
    }

    @Test
    void isUnavailableBeforeTheRepositoryIsLoaded() {
        // When
        Failure failure = refusal("affine", Optional.empty());

        // Then
        assertThat(failure).isEqualTo(new Failure.Unavailable("the surrogates are still being verified"));
    }

    private Failure refusal(String name, Optional<String> version) {
        return catchThrowableOfType(FailureException.class, () -> catalogue.find(name, version))
                .failure();
    }
}
