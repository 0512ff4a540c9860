package io.fieldserve.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.codec.NpzArchive;
import io.fieldserve.onnx.Graphs;
import io.fieldserve.onnx.OnnxRuntime;
import io.fieldserve.prediction.Engine;
import io.fieldserve.prediction.GoldenCheck;
import io.fieldserve.surrogate.FieldArrays;
import io.fieldserve.tensor.SlabPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A repository with one sound version, beside the one that a test is about. */
abstract class RepositoryTest {
    final SlabPool slabs = FieldArrays.poisonedSlabs();
    final OnnxRuntime runtime = new OnnxRuntime(Graphs.ON_CPU, slabs);
    final Engine engine = new Engine(slabs);
    final OpenEnsembles ensembles = new OpenEnsembles(runtime);

    @TempDir
    Path root;

    SurrogateRepository repository;

    @BeforeEach
    void aSoundVersion() throws IOException {
        use(RepositorySettings.of(List.of(Root.of(root))));
        TinyVersion.pair().writeTo(root);
    }

    /** Makes the repository another one. */
    final void use(RepositorySettings settings) {
        if (repository != null) {
            repository.close();
        }
        GoldenCheck goldenCheck = new GoldenCheck(engine.predictor(), new NpzArchive(slabs));
        repository = new SurrogateRepository(settings, ensembles, goldenCheck, RepositoryListener.NONE);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @AfterEach
    void allMemoryIsBack() {
        engine.close();
        repository.close();
        assertThat(slabs.outstandingSlabs()).isZero();
        assertThat(ensembles.open()).isZero();
    }
}
