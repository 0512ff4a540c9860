package io.fieldserve.onnx;

import static io.fieldserve.surrogate.FieldArrays.UNPOOLED;
import static io.fieldserve.surrogate.FieldArrays.numbers;
import static io.fieldserve.surrogate.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fieldserve.codec.NpzArchive;
import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.EnsembleOutput;
import io.fieldserve.surrogate.EnsembleOutput.Members;
import io.fieldserve.surrogate.EnsembleOutput.Moments;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.surrogate.EnsembleVariant;
import io.fieldserve.surrogate.FieldArrays;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.surrogate.ManifestReader;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.uncertainty.EnsembleMoments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way of running a version gives the same numbers; graphs are rewritten where that can be. */
class EnsembleVariantsTest {
    private static final Path DARCY = Path.of("models/repository/darcy-fno/1");
    private static final List<String> GOLDEN = List.of("permeability", "mean", "std");

    private final SlabPool slabs = FieldArrays.poisonedSlabs();

    @AfterEach
    void allMemoryIsBack() {
        assertThat(slabs.outstandingSlabs()).isZero();
    }

    @Test
    void aFusedEnsembleIsAlsoRunAsItsMembers() throws IOException {
        // Given the shipped ensemble, and what PyTorch saved for it
        Manifest manifest = new ManifestReader().read(DARCY);
        Map<String, Tensor> golden = new NpzArchive(UNPOOLED).read(DARCY.resolve("golden.npz"), GOLDEN);
        Map<String, Tensor> inputs = Map.of("permeability", golden.get("permeability"));

        // When
        List<EnsembleVariant> variants = runtime(2, SessionSettings.defaults()).variants(manifest, DARCY);

        // Then
        assertThat(variants).hasSize(2);
        try (Ensemble fused = variants.getFirst().open();
                EnsembleOutput output = run(fused, inputs, new EnsembleQuery(5, false))) {
            assertThat(fused.remarks()).isEmpty();
            assertClose(((Moments) output).mean().get("pressure"), golden.get("mean"));
        }
        try (Ensemble apart = variants.getLast().open();
                EnsembleOutput output = run(apart, inputs, new EnsembleQuery(5, false));
                EnsembleMoments moments =
                        EnsembleMoments.of(((Members) output).byField().get("pressure"), slabs)) {
            assertThat(apart.remarks()).containsExactly("one graph cut into those of its 5 members");
            assertClose(moments.mean(), golden.get("mean"));
        }
    }

    @Test
    void membersThatAreApartRunOnlyAsFarAsAsked() throws IOException {
        // Given
        Manifest manifest = new ManifestReader().read(DARCY);
        Map<String, Tensor> golden = new NpzArchive(UNPOOLED).read(DARCY.resolve("golden.npz"), GOLDEN);
        try (Ensemble apart = runtime(2, SessionSettings.defaults())
                .variants(manifest, DARCY)
                .getLast()
                .open()) {

            // When
            var run = apart.prepare(Map.of("permeability", golden.get("permeability")), new EnsembleQuery(2, false));

            // Then
            assertThat(run.parts()).hasSize(2);
            run.abandon();
        }
    }

    @Test
    void aGraphWithDftNodesIsAlsoRunWithMatrixProducts() throws Exception {
        // Given a graph from PyTorch's exporter, and what PyTorch computed
        Path folder = Path.of(getClass().getResource("/graph").toURI());
        Manifest manifest = ManifestFixture.affine()
                .with("/inputs/0/name", "x")
                .with("/outputs/0/name", "y")
                .inGraphs("padded-free.onnx")
                .manifest();
        Map<String, Tensor> saved = new NpzArchive(UNPOOLED)
                .read(folder.resolve("padded-free.npz"), List.of("x0", "y0", "x1", "y1", "x2", "y2", "x3", "y3"));

        // When
        List<EnsembleVariant> variants = runtime(1, SessionSettings.defaults()).variants(manifest, folder);

        // Then
        assertThat(variants).hasSize(2);
        try (Ensemble rewritten = variants.getLast().open();
                EnsembleOutput output = run(rewritten, Map.of("x", saved.get("x0")), new EnsembleQuery(1, false))) {
            assertThat(rewritten.remarks()).singleElement().asString().contains("DFT");
            Tensor sole = ((Members) output).byField().get("y");
            assertClose(sole.view(saved.get("y0").shape()), saved.get("y0"));
        }
    }

    @Test
    void nothingIsRewrittenWhereThatIsTurnedOff() throws IOException {
        // Given
        SessionSettings plain =
                new SessionSettings(OptionalInt.of(2), false, true, GraphOptimisation.ALL, false, Optional.empty());

        // When
        List<EnsembleVariant> variants = runtime(2, plain).variants(new ManifestReader().read(DARCY), DARCY);

        // Then
        assertThat(variants).singleElement().hasToString("1 graphs, 2 threads each");
    }

    @Test
    void aGraphThatHasAShareOfTheThreadsIsTriedWithOneAndWithAll() {
        // Given three members on seven threads
        Manifest manifest = ManifestFixture.affine().manifest();

        // When
        List<EnsembleVariant> variants = runtime(7, SessionSettings.defaults()).variants(manifest, Graphs.FOLDER);

        // Then
        assertThat(variants)
                .extracting(EnsembleVariant::toString)
                .containsExactly("3 graphs, 1 threads each", "3 graphs, 2 threads each");
    }

    @Test
    void anOptimisedGraphIsKeptAndUsedTheNextTime(@TempDir Path cache) throws IOException {
        // Given
        SessionSettings cached = new SessionSettings(
                OptionalInt.of(1), false, true, GraphOptimisation.ALL, true, Optional.of(cache.resolve("graphs")));
        Manifest manifest = ManifestFixture.affine().inGraphs("affine-0.onnx").manifest();
        runtime(1, cached).open(manifest, Graphs.FOLDER).close();
        Path kept;
        try (Stream<Path> files = Files.list(cache.resolve("graphs"))) {
            kept = files.toList().getFirst();
        }
        byte[] whole = Files.readAllBytes(kept);
        Object before = Files.readAttributes(kept, BasicFileAttributes.class).fileKey();
        runtime(1, cached).open(manifest, Graphs.FOLDER).close();
        assertThat(Files.readAttributes(kept, BasicFileAttributes.class).fileKey())
                .isEqualTo(before);

        // When what was kept is damaged
        Files.write(kept, new byte[] {1, 2, 3});
        runtime(1, cached).open(manifest, Graphs.FOLDER).close();

        // Then it was looked at, and made again
        assertThat(kept).hasBinaryContent(whole);
        try (Stream<Path> files = Files.list(kept.getParent())) {
            assertThat(files).containsExactly(kept);
        }
    }

    @Test
    void aCacheThatCannotBeUsedKeepsNobodyFromRunning(@TempDir Path folder) throws IOException {
        // Given a file where the folder should be
        Path cache = Files.createFile(folder.resolve("graphs"));
        SessionSettings cached =
                new SessionSettings(OptionalInt.of(1), false, true, GraphOptimisation.ALL, true, Optional.of(cache));
        Manifest manifest = ManifestFixture.affine().inGraphs("affine-0.onnx").manifest();

        // When
        Ensemble ensemble = runtime(1, cached).open(manifest, Graphs.FOLDER);

        // Then
        assertThat(ensemble.executionProvider()).isEqualTo("cpu");
        ensemble.close();
    }

    private OnnxRuntime runtime(int threads, SessionSettings session) {
        return new OnnxRuntime(
                new OnnxSettings(
                        List.of(ExecutionProvider.CPU), false, threads, session, AcceleratorSettings.defaults()),
                slabs);
    }

    private static void assertClose(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        float[] numbers = numbers(expected);
        float largest = 0;
        for (float number : numbers) {
            largest = Math.max(largest, Math.abs(number));
        }
        assertThat(numbers(actual)).containsExactly(numbers, within(1e-5f * largest));
    }
}
