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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

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
        int all = manifest.ensemble().members();
        if (!query.eachMember() && query.members() == all) {
            Map<String, Tensor> mean = allocate(field -> outputShape(field, inputs));
            Map<String, Tensor> std = allocate(field -> outputShape(field, inputs));
            EnsembleOutput output = new EnsembleOutput.Moments(mean, std);
            return filled(output, inputs, Map.of("mean", mean, "std", std));
        }
        Map<String, Tensor> members =
                allocate(field -> outputShape(field, inputs).prepend(all));
        EnsembleOutput output = new EnsembleOutput.Members(members);
        return firstMembers(filled(output, inputs, Map.of("members", members)), members, query.members());
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

    private Map<String, Tensor> allocate(Function<Field, Shape> shape) {
        Map<String, Tensor> tensors = new HashMap<>();
        for (Field field : manifest.outputs()) {
            tensors.put(field.name(), allocator.allocate(field.dtype(), shape.apply(field)));
        }
        return tensors;
    }

    private EnsembleOutput filled(
            EnsembleOutput output, Map<String, Tensor> inputs, Map<String, Map<String, Tensor>> byQuantity) {
        Map<String, Tensor> named = new HashMap<>();
        byQuantity.forEach((quantity, tensors) -> manifest.outputs()
                .forEach(field -> named.put(manifest.arrayName(field, quantity), tensors.get(field.name()))));
        Callable<Void> task = () -> {
            sessions.getFirst().run(inputs, named);
            return null;
        };
        try {
            runAll(List.of(task));
            return output;
        } catch (RuntimeException e) {
            output.close();
            throw e;
        }
    }
}
