package io.fieldserve.onnx;

import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.util.List;
import java.util.Map;

/** What all layouts share: the sessions and the memory of the outputs. */
abstract sealed class OnnxEnsemble implements Ensemble permits MomentsEnsemble, PlainEnsemble, SeparateEnsemble {

    final Manifest manifest;
    private final GraphPlan plan;
    final List<OnnxSession> sessions;
    final TensorAllocator allocator;

    OnnxEnsemble(Manifest manifest, GraphPlan plan, List<OnnxSession> sessions, TensorAllocator allocator) {
        this.manifest = manifest;
        this.plan = plan;
        this.sessions = List.copyOf(sessions);
        this.allocator = allocator;
    }

    /** The outputs each graph must have, with the axes before the spatial ones. */
    abstract Map<String, Integer> expectedOutputs();

    @Override
    public String executionProvider() {
        return sessions.getFirst().provider().wireName();
    }

    @Override
    public List<String> remarks() {
        return plan.remarks();
    }

    @Override
    public int threadsPerPart() {
        return sessions.getFirst().threads();
    }

    /** Refuses graphs that lack an input or output the manifest promises, or have it with another rank. */
    void checkSignature() {
        for (OnnxSession session : sessions) {
            Map<String, Integer> inputs = OnnxSession.ranks(session.inputs());
            for (Field field : manifest.inputs()) {
                requireRank("input", field.name(), manifest.shape(field).size(), inputs);
            }
            Map<String, Integer> outputs = OnnxSession.ranks(session.outputs());
            expectedOutputs().forEach((name, rank) -> requireRank("output", name, rank, outputs));
        }
    }

    private static void requireRank(String kind, String name, int rank, Map<String, Integer> found) {
        if (!Integer.valueOf(rank).equals(found.get(name))) {
            throw new EnsembleException(
                    "the graph must have an %s '%s' of rank %d, it has %s".formatted(kind, name, rank, found));
        }
    }

    static int rank(Field field) {
        return Field.LEADING_AXES + field.dimensions();
    }

    /** Shape {@code [B, C, axes...]} of an output field for these inputs: all fields with axes share one grid. */
    Shape outputShape(Field output, Map<String, Tensor> inputs) {
        Field gridded = manifest.inputs().stream()
                .filter(field -> field.dimensions() > 0)
                .findFirst()
                .orElseThrow();
        Shape input = inputs.get(gridded.name()).shape();
        Shape grid = output.dimensions() == 0 ? Shape.of() : input.drop(0, Field.LEADING_AXES);
        return grid.prepend(input.dim(0), output.channels());
    }

    @Override
    public void stop() {
        sessions.forEach(OnnxSession::stop);
    }

    @Override
    public void close() {
        sessions.forEach(OnnxSession::close);
    }
}
