package io.fieldserve.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.codec.NpzArchive;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.repository.TinyVersion;
import io.fieldserve.surrogate.EnsembleException;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The saved means of the affine version are 1, 2, 3, 5, 7, 9: their norm is 13. */
class GoldenCheckTest {
    private static final Shape SHAPE = Shape.of(1, 1, 2, 3);

    private final PredictionBench bench = new PredictionBench();
    private final GoldenCheck check = new GoldenCheck(bench.predictor(), new NpzArchive(bench.slabs()));

    @TempDir
    Path root;

    @AfterEach
    void allMemoryIsBack() {
        bench.close();
    }

    @Test
    void acceptsSeparateMembersThatReproduceTheSavedOutputs() throws IOException {
        assertAccepted(TinyVersion.affine());
    }

    @Test
    void acceptsOneGraphThatReproducesTheSavedOutputs() throws IOException {
        assertAccepted(TinyVersion.affine().inOneGraph("affine-moments.onnx"));
    }

    @Test
    void acceptsSeveralFields() throws IOException {
        assertAccepted(TinyVersion.pair());
    }

    @Test
    void acceptsAnEnsembleOfOne() throws IOException {
        assertAccepted(TinyVersion.affine().inGraphs("affine-1.onnx").withoutGolden("std"));
    }

    @Test
    void acceptsADifferenceWithinTheTolerance() throws IOException {
        // 0.01 / 13 is 0.00077
        assertAccepted(TinyVersion.affine()
                .golden("mean", SHAPE, 1.01f, 2, 3, 5, 7, 9)
                .with("/golden/relative_tolerance", 0.0008));
    }

    @Test
    void refusesADifferenceBeyondIt() throws IOException {
        assertRefused(
                TinyVersion.affine()
                        .golden("mean", SHAPE, 1.01f, 2, 3, 5, 7, 9)
                        .with("/golden/relative_tolerance", 0.0007),
                "mean differs from the saved array by 7.69e-04, at most 7.00e-04 is allowed");
    }

    @Test
    void refusesAnotherStd() throws IOException {
        // The true std is 0.5, 0, 0.5, 1.5, 2.5, 3.5: sqrt(10.25) / 13 is 0.246
        assertRefused(TinyVersion.affine().golden("std", SHAPE, 1), "std differs from the saved array by 2.46e-01");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 8e-6})
    void acceptsAStdWithinTheToleranceOfTheMean(double difference) throws IOException {
        // 8e-6 of the mean is 2.3e-5 of the std itself
        assertAccepted(withStdOffBy(difference * 13));
    }

    @Test
    void refusesAStdBeyondTheToleranceOfTheMean() throws IOException {
        assertRefused(
                withStdOffBy(2e-5 * 13), "std differs from the saved array by 2.00e-05, at most 1.00e-05 is allowed");
    }

    private static TinyVersion withStdOffBy(double difference) {
        return TinyVersion.affine().golden("std", SHAPE, (float) (0.5 + difference), 0, 0.5f, 1.5f, 2.5f, 3.5f);
    }

    @Test
    void refusesAnotherSecondField() throws IOException {
        assertRefused(
                TinyVersion.pair().golden("energy.std", Shape.of(1, 1), 31),
                "energy.std differs from the saved array by 1.67e-02");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void refusesWhatIsNotFinite(float value) throws IOException {
        assertRefused(TinyVersion.affine().golden("mean", SHAPE, value), "mean differs from the saved array by NaN");
    }

    @Test
    void refusesAnotherShape() throws IOException {
        assertRefused(
                TinyVersion.affine().golden("mean", Shape.of(1, 2, 3), 1, 2, 3, 5, 7, 9),
                "mean has shape [1, 1, 2, 3], [1, 2, 3] was saved");
    }

    @Test
    void refusesAMemberThatFails() throws IOException {
        assertRefused(TinyVersion.affine().inGraphs("affine-0.onnx", "affine-1.onnx", "fails.onnx"), "Reshape");
    }

    @Test
    void refusesAnArchiveThatLacksAnArray() throws IOException {
        // Given
        SurrogateVersion version =
                open(TinyVersion.affine().withoutGolden("std").writeTo(root));

        // When, Then
        assertThatThrownBy(() -> check.test(version))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("'std'");
        assertThat(bench.slabs().outstandingSlabs()).isZero();
    }

    @Test
    void refusesWhatIsNoArchive() throws IOException {
        // Given
        Path folder = TinyVersion.affine().writeTo(root);
        Files.writeString(folder.resolve("golden.npz"), "golden");
        SurrogateVersion version = open(folder);

        // When, Then
        assertThatThrownBy(() -> check.test(version)).isInstanceOf(FailureException.class);
    }

    @Test
    void refusesAVersionWithoutItsArchive() throws IOException {
        // Given
        Path folder = TinyVersion.affine().writeTo(root);
        Files.delete(folder.resolve("golden.npz"));
        SurrogateVersion version = open(folder);

        // When, Then
        assertThatThrownBy(() -> check.test(version))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("the golden case can't be read");
    }

    private void assertAccepted(TinyVersion tiny) throws IOException {
        // Given
        SurrogateVersion version = open(tiny.writeTo(root));

        // When, Then
        assertThatCode(() -> check.test(version)).doesNotThrowAnyException();
        assertThat(bench.slabs().outstandingSlabs()).isZero();
    }

    private void assertRefused(TinyVersion tiny, String reason) throws IOException {
        // Given
        SurrogateVersion version = open(tiny.writeTo(root));

        // When, Then
        assertThatThrownBy(() -> check.test(version))
                .isInstanceOf(EnsembleException.class)
                .hasMessageContaining(reason);
        assertThat(bench.slabs().outstandingSlabs()).isZero();
    }

    private SurrogateVersion open(Path folder) throws IOException {
        return bench.open(new ManifestReader().read(folder), folder);
    }
}
