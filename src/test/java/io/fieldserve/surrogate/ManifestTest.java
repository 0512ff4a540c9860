package io.fieldserve.surrogate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
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
                        new FileDigest("affine-0.onnx", "0".repeat(64)),
                        new FileDigest("affine-1.onnx", "1".repeat(64)),
                        new FileDigest("affine-2.onnx", "2".repeat(64)),
                        new FileDigest("golden.npz", "3".repeat(64)),
                        new FileDigest("examples.npz", "4".repeat(64)));
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
    void doesNotChangeWithWhatItWasMadeOf() {
        // Given
        Manifest manifest = ManifestFixture.affine().manifest();

        // When
        Map<String, Double> parameters = manifest.pde().parameters();

        // Then
        assertThat(parameters).isUnmodifiable();
        assertThat(manifest.inputs()).isUnmodifiable();
        assertThat(manifest.ensemble().files()).isUnmodifiable();
        assertThat(manifest.calibration().fields()).isUnmodifiable();
    }

    @Test
    void isCalibratedOnlyOnTheGridsStated() {
        // Given
        Calibration calibration = ManifestFixture.affine().manifest().calibration();

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
