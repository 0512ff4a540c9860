package io.fieldserve.prediction;

import static io.fieldserve.surrogate.FieldArrays.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.codec.NpzArchive;
import io.fieldserve.prediction.ExampleCases.Example;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.repository.TinyVersion;
import io.fieldserve.surrogate.ManifestReader;
import io.fieldserve.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The affine version ships three examples: permeability 1, 2 and 3, whose pressure is 3, 5 and 7. */
class ExampleCasesTest {
    private final PredictionBench bench = new PredictionBench();
    private final ExampleCases examples = new ExampleCases(new NpzArchive(bench.slabs()));

    @TempDir
    Path root;

    @AfterEach
    void allMemoryIsBack() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 3", "3, 1", "7, 2", "-1, 3", "9223372036854775807, 2", "-9223372036854775808, 2"})
    void aSeedPicksACaseAndStartsOverBeyondTheLast(long seed, float permeability) throws IOException {
        // Given
        SurrogateVersion version = open(TinyVersion.affine().writeTo(root));

        // When
        Example example = examples.pick(version, seed, false);

        // Then
        assertThat(example.arrays()).containsOnlyKeys("permeability");
        assertThat(example.arrays().get("permeability").shape()).isEqualTo(Shape.of(1, 1, 2, 2));
        assertThat(numbers(example.arrays().get("permeability"))).containsOnly(permeability);
        example.close();
    }

    @Test
    void theReferenceSolutionComesAlongWhenAsked() throws IOException {
        // Given
        SurrogateVersion version = open(TinyVersion.affine().writeTo(root));

        // When
        Example example = examples.pick(version, 1, true);

        // Then
        assertThat(example.arrays()).containsOnlyKeys("permeability", "reference.pressure");
        assertThat(example.arrays().get("reference.pressure").shape()).isEqualTo(Shape.of(1, 1, 2, 2));
        assertThat(numbers(example.arrays().get("reference.pressure"))).containsOnly(5);
        example.close();
    }

    @Test
    void aVersionMayShipNone() throws IOException {
        // Given
        SurrogateVersion version = open(TinyVersion.pair().writeTo(root));

        // When
        Failure failure = catchThrowableOfType(FailureException.class, () -> examples.pick(version, 0, false))
                .failure();

        // Then
        assertThat(failure).isEqualTo(new Failure.NoExamples("pair", 1));
    }

    @Test
    void anArchiveWithFewerCasesThanTheManifestSaysLeavesNothingBehind() throws IOException {
        // Given
        SurrogateVersion version =
                open(TinyVersion.affine().with("/examples/cases", 4).writeTo(root));

        // When, Then
        assertThatThrownBy(() -> examples.pick(version, 3, true)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(bench.slabs().outstandingSlabs()).isZero();
    }

    @Test
    void verifiesThatEveryPromisedCaseIsThere() throws IOException {
        // Given
        SurrogateVersion whole = open(TinyVersion.affine().writeTo(root.resolve("whole")));
        SurrogateVersion none = open(TinyVersion.pair().writeTo(root.resolve("none")));
        SurrogateVersion tooFew =
                open(TinyVersion.affine().with("/examples/cases", 4).writeTo(root.resolve("short")));

        // When, Then
        examples.verify(whole);
        examples.verify(none);
        assertThatThrownBy(() -> examples.verify(tooFew)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anArchiveThatHasGoneIsOurFault() throws IOException {
        // Given
        Path folder = TinyVersion.affine().writeTo(root);
        SurrogateVersion version = open(folder);
        Files.delete(folder.resolve("examples.npz"));

        // When, Then
        assertThatThrownBy(() -> examples.pick(version, 0, false)).isInstanceOf(UncheckedIOException.class);
    }

    private SurrogateVersion open(Path folder) throws IOException {
        return bench.open(new ManifestReader().read(folder), folder);
    }
}
