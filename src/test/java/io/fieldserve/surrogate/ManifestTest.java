package io.fieldserve.surrogate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {

    @Test
    void vouchesForEveryFileOfTheVersion() {
        // Given
        Manifest manifest = ManifestFixture.affine().manifest();

        // When
        List<FileDigest> files = manifest.files().toList();

        // Then
        assertThat(files)
                .containsExactly(
                        new FileDigest("affine-0.onnx", Optional.of("0".repeat(64))),
                        new FileDigest("affine-1.onnx", Optional.of("1".repeat(64))),
                        new FileDigest("affine-2.onnx", Optional.of("2".repeat(64))),
                        new FileDigest("golden.npz", Optional.of("3".repeat(64))),
                        new FileDigest("examples.npz", Optional.of("4".repeat(64))));
    }

    @Test
    void vouchesForNoExamplesWhereThereAreNone() {
        // Given
        Manifest manifest = ManifestFixture.pair().manifest();

        // When
        List<String> paths = manifest.files().map(FileDigest::path).toList();

        // Then
        assertThat(paths).containsExactly("pair-0.onnx", "pair-1.onnx", "pair-2.onnx", "golden.npz");
    }

    @Test
    void namesAnArrayForItsQuantityAloneWhereOneFieldComesOut() {
        // Given
        Manifest manifest = ManifestFixture.affine().manifest();

        // When
        String name = manifest.arrayName(manifest.outputs().getFirst(), "mean");

        // Then
        assertThat(name).isEqualTo("mean");
    }

    @Test
    void namesAnArrayForFieldAndQuantityWhereSeveralComeOut() {
        // Given
        Manifest manifest = ManifestFixture.pair().manifest();

        // When
        String name = manifest.arrayName(manifest.outputs().getLast(), "mean");

        // Then
        assertThat(name).isEqualTo("energy.mean");
    }

    @Test
    void aShapeLeavesOpenWhatTheCallerChooses() {
        // Given two channels on one axis, and a number without axes
        Manifest manifest = ManifestFixture.pair().manifest();

        // When
        List<List<Integer>> shapes =
                manifest.inputs().stream().map(manifest::shape).toList();

        // Then
        assertThat(shapes).containsExactly(List.of(-1, 2, -1), List.of(-1, 1));
        assertThat(manifest.plain()).isFalse();
        assertThat(manifest.batch()).isEmpty();
    }

    @Test
    void aShapeSaysTheLengthOfAnAxisThatHasButOne() {
        // Given
        Manifest manifest = ManifestFixture.affine()
                .with("/grid/minimum", List.of(2, 8))
                .with("/grid/maximum", List.of(16, 8))
                .manifest();

        // When
        List<Integer> shape = manifest.shape(manifest.outputs().getFirst());

        // Then
        assertThat(shape).containsExactly(-1, 1, -1, 8);
    }

    @Test
    void doesNotChangeWithWhatItWasMadeOf() {
        // Given
        Manifest manifest = ManifestFixture.affine().manifest();

        // When
        Map<String, Double> parameters = manifest.pde().orElseThrow().parameters();

        // Then
        assertThat(parameters).isUnmodifiable();
        assertThat(manifest.inputs()).isUnmodifiable();
        assertThat(manifest.ensemble().files()).isUnmodifiable();
        assertThat(manifest.calibration().orElseThrow().fields()).isUnmodifiable();
    }

    @Test
    void isCalibratedOnlyOnTheGridsStated() {
        // Given
        Calibration calibration =
                ManifestFixture.affine().manifest().calibration().orElseThrow();

        // When
        boolean[] calibrated = {
            calibration.on("pressure", List.of(2, 3)).isPresent(),
            calibration.on("pressure", List.of(3, 2)).isPresent(),
            calibration.on("permeability", List.of(2, 3)).isPresent()
        };

        // Then
        assertThat(calibrated).containsExactly(true, false, false);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4, true",
        "1, 2, true",
        "-0.04, 4.04, true",
        "-0.05, 4, false",
        "0, 4.05, false",
        "-Infinity, 4, false",
        "0, Infinity, false"
    })
    void rangeEnclosesWhatLeavesItByNoMoreThanTheTolerance(double low, double high, boolean enclosed) {
        // Given
        ValueRange seen = new ValueRange(0, 4);

        // When
        boolean encloses = seen.encloses(low, high, 0.01);

        // Then
        assertThat(encloses).isEqualTo(enclosed);
    }
}
