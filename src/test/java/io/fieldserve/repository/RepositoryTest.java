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
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A repository with one sound version, beside the one that a test is about. */
abstract class RepositoryTest {
    final SlabPool slabs = FieldArrays.poisonedSlabs();
    final OnnxRuntime runtime = new OnnxRuntime(Graphs.ON_CPU, slabs);
    final Engine engine = new Engine(slabs);

    @TempDir
    Path root;

    SurrogateRepository repository;

    @BeforeEach
    void aSoundVersion() throws IOException {
        GoldenCheck goldenCheck = new GoldenCheck(engine.predictor(), new NpzArchive(slabs));
        repository = new SurrogateRepository(root, runtime, goldenCheck);
        TinyVersion.pair().writeTo(root);
    }

    @AfterEach
    void allMemoryIsBack() {
        engine.close();
        repository.close();
        assertThat(slabs.outstandingSlabs()).isZero();
    }
}
