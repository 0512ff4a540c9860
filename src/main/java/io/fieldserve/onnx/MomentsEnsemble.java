package io.fieldserve.onnx;

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
import java.util.function.Supplier;

/** All members in one graph, which computes the moments itself. Members that aren't asked for are not copied out. */
final class MomentsEnsemble extends OnnxEnsemble {

    MomentsEnsemble(Manifest manifest, GraphPlan plan, OnnxSession session, TensorAllocator allocator) {
        super(manifest, plan, List.of(session), allocator);
    }

    @Override
    Map<String, Integer> expectedOutputs() {
        Map<String, Integer> outputs = new HashMap<>();
        for (Field field : manifest.outputs()) {
            outputs.put(manifest.arrayName(field, "mean"), rank(field));
            outputs.put(manifest.arrayName(field, "std"), rank(field));
            outputs.put(manifest.arrayName(field, "members"), 1 + rank(field));
        }
        return outputs;
    }

    @Override
    public EnsembleRun prepare(Map<String, Tensor> inputs, EnsembleQuery query) {
        if (!query.eachMember() && query.members() == manifest.ensemble().members()) {
            Map<String, Tensor> mean = new HashMap<>();
            Map<String, Tensor> std = new HashMap<>();
            EnsembleOutput moments = new EnsembleOutput.Moments(mean, std);
            return filling(moments, inputs, Map.of("mean", mean, "std", std), () -> moments);
        }
        Map<String, Tensor> members = new HashMap<>();
        EnsembleOutput all = new EnsembleOutput.Members(members);
        return filling(all, inputs, Map.of("members", members), () -> firstMembers(all, members, query.members()));
    }

    /** The graph runs all members whatever was asked; those beyond the first {@code count} are cut off. */
    private static EnsembleOutput firstMembers(EnsembleOutput all, Map<String, Tensor> members, int count) {
        Map<String, Tensor> kept = new HashMap<>();
        for (Map.Entry<String, Tensor> entry : members.entrySet()) {
            Tensor tensor = entry.getValue();
            if (tensor.shape().dim(0) == count) {
                return all;
            }
            kept.put(entry.getKey(), tensor.transfer(tensor.shape().withDim(0, count)));
        }
        return new EnsembleOutput.Members(kept);
    }

    /** A run into new tensors, which {@code whole} holds by way of its maps, given by quantity. */
    private EnsembleRun filling(
            EnsembleOutput whole,
            Map<String, Tensor> inputs,
            Map<String, Map<String, Tensor>> byQuantity,
            Supplier<EnsembleOutput> output) {
        Map<String, Tensor> byArrayName = new HashMap<>();
        try {
            byQuantity.forEach((quantity, tensors) -> manifest.outputs().forEach(field -> {
                Tensor tensor = allocator.allocate(field.dtype(), shape(field, quantity, inputs));
                tensors.put(field.name(), tensor);
                byArrayName.put(manifest.arrayName(field, quantity), tensor);
            }));
        } catch (RuntimeException | Error e) {
            whole.close();
            throw e;
        }
        return new EnsembleRun(List.of(() -> sessions.getFirst().run(inputs, byArrayName)), output, whole::close);
    }

    private Shape shape(Field field, String quantity, Map<String, Tensor> inputs) {
        Shape one = outputShape(field, inputs);
        return quantity.equals("members") ? one.prepend(manifest.ensemble().members()) : one;
    }
}
