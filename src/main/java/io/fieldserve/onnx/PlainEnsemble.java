package io.fieldserve.onnx;

import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.EnsembleOutput;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.surrogate.EnsembleRun;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The one graph of a plain model, whose outputs may lie on a grid of their own that is known only when it has run. */
final class PlainEnsemble extends OnnxEnsemble {

    private final Map<String, Field> outputs;

    PlainEnsemble(Manifest manifest, GraphPlan plan, OnnxSession session, TensorAllocator allocator) {
        super(manifest, plan, List.of(session), allocator);
        this.outputs = manifest.outputs().stream().collect(Collectors.toMap(Field::name, Function.identity()));
    }

    @Override
    Map<String, Integer> expectedOutputs() {
        return manifest.outputs().stream()
                .collect(Collectors.toMap(
                        Field::name, field -> manifest.shape(field).size()));
    }

    @Override
    public EnsembleRun prepare(Map<String, Tensor> inputs, EnsembleQuery query) {
        Map<String, Tensor> filled = new HashMap<>();
        EnsembleOutput output = new EnsembleOutput.Members(filled);
        return new EnsembleRun(List.of(() -> run(inputs, filled)), () -> output, output::close);
    }

    private void run(Map<String, Tensor> inputs, Map<String, Tensor> filled) {
        long batch = inputs.values().iterator().next().shape().dim(0);
        sessions.getFirst().run(asDeclared(inputs), outputs.keySet(), (name, shape) -> {
            Field field = outputs.get(name);
            requireDeclared(field, shape, batch);
            Shape full = shape.rank() == 1 ? Shape.of(batch, 1) : shape;
            Tensor tensor = allocator.allocate(field.dtype(), full.prepend(1));
            filled.put(name, tensor);
            return tensor.floats();
        });
    }

    /** The inputs, numbers without their axis of one channel. */
    private Map<String, Tensor> asDeclared(Map<String, Tensor> inputs) {
        Map<String, Tensor> declared = new HashMap<>(inputs);
        for (Field field : manifest.inputs()) {
            if (manifest.shape(field).size() == 1) {
                declared.computeIfPresent(
                        field.name(),
                        (name, tensor) -> tensor.view(Shape.of(tensor.shape().dim(0))));
            }
        }
        return declared;
    }

    /** Graphs don't always keep to what they declare, and whoever splits a batch relies on its being one. */
    private void requireDeclared(Field field, Shape shape, long batch) {
        List<Integer> declared = manifest.shape(field);
        boolean fits = shape.rank() == declared.size() && shape.dim(0) == batch;
        for (int axis = 1; fits && axis < shape.rank(); axis++) {
            fits = declared.get(axis) == -1 || declared.get(axis) == shape.dim(axis);
        }
        if (!fits) {
            throw new EnsembleException("the graph returned '%s' of shape %s for a batch of %d, it declares %s"
                    .formatted(field.name(), shape, batch, declared));
        }
    }
}
