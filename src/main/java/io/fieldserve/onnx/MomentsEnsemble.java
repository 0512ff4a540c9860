package io.fieldserve.onnx;

import io.fieldserve.surrogate.EnsembleOutput;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** All members in one graph, which computes the moments itself. Members that aren't asked for are not copied out. */
final class MomentsEnsemble extends OnnxEnsemble {

    MomentsEnsemble(Manifest manifest, OnnxSession session, TensorAllocator allocator, ExecutorService threads) {
        super(manifest, List.of(session), allocator, threads);
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
    public EnsembleOutput run(Map<String, Tensor> inputs, EnsembleQuery query) {
        if (!query.eachMember() && query.members() == manifest.ensemble().members()) {
            Map<String, Tensor> mean = new HashMap<>();
            Map<String, Tensor> std = new HashMap<>();
            return filled(new EnsembleOutput.Moments(mean, std), inputs, Map.of("mean", mean, "std", std));
        }
        Map<String, Tensor> members = new HashMap<>();
        EnsembleOutput all = filled(new EnsembleOutput.Members(members), inputs, Map.of("members", members));
        return firstMembers(all, members, query.members());
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

    /** Fills {@code output} with new tensors by way of its maps, given by quantity, and runs the graph into them. */
    private EnsembleOutput filled(
            EnsembleOutput output, Map<String, Tensor> inputs, Map<String, Map<String, Tensor>> byQuantity) {
        Map<String, Tensor> byArrayName = new HashMap<>();
        try {
            byQuantity.forEach((quantity, tensors) -> manifest.outputs().forEach(field -> {
                Tensor tensor = allocator.allocate(field.dtype(), shape(field, quantity, inputs));
                tensors.put(field.name(), tensor);
                byArrayName.put(manifest.arrayName(field, quantity), tensor);
            }));
            runAll(List.of(() -> sessions.getFirst().run(inputs, byArrayName)));
            return output;
        } catch (RuntimeException | Error e) {
            output.close();
            throw e;
        }
    }

    private Shape shape(Field field, String quantity, Map<String, Tensor> inputs) {
        Shape one = outputShape(field, inputs);
        return quantity.equals("members") ? one.prepend(manifest.ensemble().members()) : one;
    }
}
