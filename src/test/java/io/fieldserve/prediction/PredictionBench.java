package io.fieldserve.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.onnx.Graphs;
import io.fieldserve.onnx.OnnxRuntime;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.FieldArrays;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
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

    SurrogateVersion open(Manifest manifest, Path folder) {
        Ensemble ensemble = runtime.open(manifest, folder);
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
