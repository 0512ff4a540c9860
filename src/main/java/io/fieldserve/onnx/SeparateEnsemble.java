package io.fieldserve.onnx;

import io.fieldserve.surrogate.EnsembleOutput;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.surrogate.EnsembleRun;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One graph a member, each a part of the run that writes into its own slice of one tensor. */
final class SeparateEnsemble extends OnnxEnsemble {

    SeparateEnsemble(Manifest manifest, GraphPlan plan, List<OnnxSession> members, TensorAllocator allocator) {
        super(manifest, plan, members, allocator);
    }

    @Override
    Map<String, Integer> expectedOutputs() {
        return manifest.outputs().stream().collect(Collectors.toMap(Field::name, OnnxEnsemble::rank));
    }

    @Override
    public EnsembleRun prepare(Map<String, Tensor> inputs, EnsembleQuery query) {
        Map<String, Tensor> outputs = new HashMap<>();
        EnsembleOutput output = new EnsembleOutput.Members(outputs);
        try {
            for (Field field : manifest.outputs()) {
                Shape shape = outputShape(field, inputs).prepend(query.members());
                outputs.put(field.name(), allocator.allocate(field.dtype(), shape));
            }
        } catch (RuntimeException | Error e) {
            output.close();
            throw e;
        }
        return new EnsembleRun(parts(inputs, outputs, query.members()), () -> output, output::close);
    }

    private List<Runnable> parts(Map<String, Tensor> inputs, Map<String, Tensor> outputs, int members) {
        List<Runnable> parts = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            OnnxSession session = sessions.get(member);
            Map<String, Tensor> slices = slices(outputs, member);
            parts.add(() -> session.run(inputs, slices));
        }
        return parts;
    }

    private static Map<String, Tensor> slices(Map<String, Tensor> outputs, int member) {
        return outputs.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> {
            Tensor all = entry.getValue();
            return all.batchSlice(member, member + 1).view(all.shape().drop(0, 1));
        }));
    }
}
