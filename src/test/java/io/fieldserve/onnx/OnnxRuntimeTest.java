package io.fieldserve.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.tensor.SlabPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs that are not what the manifest says are refused when they are opened. */
class OnnxRuntimeTest {
    private final SlabPool slabs = new SlabPool(0);
    private final OnnxRuntime runtime = new OnnxRuntime(Graphs.ON_CPU, slabs);

    @AfterEach
    void allMemoryIsBack() {
        assertThat(slabs.outstandingSlabs()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "wrong-output.onnx, an output, pressure, {velocity=4}",
        "wrong-rank.onnx, an output, pressure, {pressure=3}",
        "pair-0.onnx, an input, permeability, forcing=3"
    })
    void refusesAGraphWithoutTheFieldsOfTheManifest(String graph, String kind, String field, String found) {
        // Given
        Manifest manifest =
                ManifestFixture.affine().inGraphs("affine-0.onnx", graph).manifest();

        // When, Then
        assertThatThrownBy(() -> runtime.open(manifest, Graphs.FOLDER))
                .isInstanceOf(EnsembleException.class)
                .hasMessageStartingWith("the graph must have %s '%s' of rank 4", kind, field)
                .hasMessageContaining(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"affine-0.onnx", "pair-moments.onnx"})
    void refusesAGraphWithoutTheMomentsOfTheManifest(String graph) {
        // Given
        Manifest manifest = ManifestFixture.affine().inOneGraph(graph).manifest();

        // When, Then
        assertThatThrownBy(() -> runtime.open(manifest, Graphs.FOLDER))
                .isInstanceOf(EnsembleException.class)
                .hasMessageContaining("the graph must have an");
    }

    @Test
    void refusesAGraphThatIsMissing(@TempDir Path folder) throws IOException {
        // Given
        Files.copy(Graphs.FOLDER.resolve("affine-0.onnx"), folder.resolve("affine-0.onnx"));
        Manifest manifest = ManifestFixture.affine()
                .inGraphs("affine-0.onnx", "affine-1.onnx")
                .manifest();

        // When, Then
        assertThatThrownBy(() -> runtime.open(manifest, folder))
                .isInstanceOf(EnsembleException.class)
                .hasMessage("affine-1.onnx can't be read");
    }

    @Test
    void refusesWeightsThatNoManifestVouchesFor(@TempDir Path folder) throws IOException {
        // Given
        Files.copy(
                Graphs.FOLDER.resolveSibling("graph").resolve("ensemble-weights-elsewhere.onnx"),
                folder.resolve("member.onnx"));
        Manifest manifest = ManifestFixture.affine().inGraphs("member.onnx").manifest();

        // When, Then
        assertThatThrownBy(() -> runtime.variants(manifest, folder))
                .isInstanceOf(EnsembleException.class)
                .hasMessageMatching(
                        "member.onnx is refused: tensor '.*' lies in '.*', and the manifest has no digest of that");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 200})
    void refusesAGraphThatIsCutShort(int length, @TempDir Path folder) throws IOException {
        // Given
        byte[] whole = Files.readAllBytes(Graphs.FOLDER.resolve("affine-0.onnx"));
        Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, length));
        Manifest manifest = ManifestFixture.affine().inGraphs("cut.onnx").manifest();

        // When, Then
        assertThatThrownBy(() -> runtime.open(manifest, folder))
                .isInstanceOf(EnsembleException.class)
                .hasMessageStartingWith("cut.onnx ");
    }
}
