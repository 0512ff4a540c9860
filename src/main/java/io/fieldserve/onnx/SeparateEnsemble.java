package io.fieldserve.onnx;

import io.fieldserve.surrogate.EnsembleOutput;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

/** One graph a member, run side by side; each writes into its own slice of one tensor. */
final class SeparateEnsemble extends OnnxEnsemble {

    SeparateEnsemble(Manifest manifest, List<OnnxSession> members, TensorAllocator allocator, ExecutorService threads) {
        super(manifest, members, allocator, threads);
    }

    @Override
    Map<String, Integer> expectedOutputs() {
        return manifest.outputs().stream().collect(Collectors.toMap(Field::name, OnnxEnsemble::rank));
    }

    @Override
    public EnsembleOutput run(Map<String, Tensor> inputs, EnsembleQuery query) {
        Map<String, Tensor> outputs = new HashMap<>();
        EnsembleOutput output = new EnsembleOutput.Members(outputs);
        try {
            for (Field field : manifest.outputs()) {
                Shape shape = outputShape(field, inputs).prepend(query.members());
                outputs.put(field.name(), allocator.allocate(field.dtype(), shape));
            }
            runAll(tasks(inputs, outputs, query.members()));
            return output;
        } catch (RuntimeException | Error e) {
            output.close();
            throw e;
        }
    }

    private List<Runnable> tasks(Map<String, Tensor> inputs, Map<String, Tensor> outputs, int members) {
        List<Runnable> tasks = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            OnnxSession session = sessions.get(member);
            Map<String, Tensor> slices = slices(outputs, member);
            tasks.add(() -> session.run(inputs, slices));
        }
        return tasks;
    }

    private static Map<String, Tensor> slices(Map<String, Tensor> outputs, int member) {
        return outputs.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> {
            Tensor all = entry.getValue();
            return all.batchSlice(member, member + 1).view(all.shape().drop(0, 1));
        }));
    }
}
