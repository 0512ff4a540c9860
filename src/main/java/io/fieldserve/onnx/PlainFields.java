package io.fieldserve.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.InvalidManifestException;
import io.fieldserve.surrogate.PlainModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

/** Inputs and outputs of one graph as fields. Axes that the graph doesn't name are {@code axis0}, {@code axis1} and on. */
final class PlainFields {

    private int unnamed;

    /**
     * The fields, in the graph's order.
     *
     * @param role {@code input} or {@code output}
     * @throws InvalidManifestException one can't be served without a manifest
     */
    List<Field> of(String role, Collection<NodeInfo> nodes) {
        return nodes.stream()
                .map(node -> field("%s '%s'".formatted(role, node.getName()), node))
                .toList();
    }

    private Field field(String role, NodeInfo node) {
        if (!(node.getInfo() instanceof TensorInfo tensor)) {
            throw new InvalidManifestException(role + " is no tensor but a sequence or a map");
        }
        if (tensor.type != OnnxJavaType.FLOAT) {
            throw new InvalidManifestException("%s holds %s, expected float32".formatted(role, tensor.type));
        }
        if (LongStream.of(tensor.getShape()).anyMatch(length -> length > Integer.MAX_VALUE)) {
            throw new InvalidManifestException(
                    "%s has shape %s, which is too long".formatted(role, Arrays.toString(tensor.getShape())));
        }
        List<Integer> shape =
                LongStream.of(tensor.getShape()).mapToObj(Math::toIntExact).toList();
        return PlainModel.field(role, node.getName(), shape, axes(tensor.getDimensionNames()));
    }

    private List<String> axes(String[] names) {
        List<String> axes = new ArrayList<>();
        for (int axis = Field.LEADING_AXES; axis < names.length; axis++) {
            axes.add(names[axis].isEmpty() ? "axis" + unnamed++ : names[axis]);
        }
        return axes;
    }
}
