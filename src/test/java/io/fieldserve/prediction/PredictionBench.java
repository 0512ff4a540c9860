package io.fieldserve.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.onnx.Graphs;
import io.fieldserve.onnx.OnnxRuntime;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.FieldArrays;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.surrogate.PlainModel;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All that a prediction needs, without a server. Closing it checks that all memory came back. */
final class PredictionBench implements AutoCloseable {
    private final SlabPool slabs = FieldArrays.poisonedSlabs();
    private final OnnxRuntime runtime = new OnnxRuntime(Graphs.ON_CPU, slabs);
    private final Engine engine = new Engine(slabs);
    private final List<Ensemble> opened = new ArrayList<>();

    SlabPool slabs() {
        return slabs;
    }

    Predictor predictor() {
        return engine.predictor();
    }

    /** A version of the test graphs. */
    SurrogateVersion open(ManifestFixture fixture) {
        return open(fixture.manifest(), Graphs.FOLDER);
    }

    /** A version that is nothing but a graph. */
    SurrogateVersion openPlain(Path folder) {
        return openPlain(folder, slabs);
    }

    /** The same, with memory of its own for what the graph returns. */
    SurrogateVersion openPlain(Path folder, TensorAllocator outputs) {
        OnnxRuntime own = new OnnxRuntime(Graphs.ON_CPU, outputs);
        Manifest manifest = own.describe(folder.resolve(PlainModel.FILE_NAME), "model", 1);
        return opened(manifest, own.open(manifest, folder), folder);
    }

    SurrogateVersion open(Manifest manifest, Path folder) {
        return opened(manifest, runtime.open(manifest, folder), folder);
    }

    private SurrogateVersion opened(Manifest manifest, Ensemble ensemble, Path folder) {
        opened.add(ensemble);
        return new SurrogateVersion(manifest, ensemble, folder);
    }

    Prediction predict(SurrogateVersion version, Map<String, Tensor> inputs, PredictionOptions options) {
        PredictionRequest request = new PredictionRequest(inputs, new AxisLayout(true, true), options);
        return engine.predictor().predict(version, request);
    }

    @Override
    public void close() {
        engine.close();
        opened.forEach(Ensemble::close);
        assertThat(slabs.outstandingSlabs()).isZero();
    }
}
