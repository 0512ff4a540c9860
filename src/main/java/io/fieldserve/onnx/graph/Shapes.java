package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorShapeProto;
import io.fieldserve.onnx.graph.proto.Onnx.ValueInfoProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Shapes of the values of a graph, where they can be told.
 *
 * <p>A length is traced to where it comes from, through every operator that hands an axis on: so the transforms of all
 * layers are seen to share one grid, and none of these lengths is that of a tensor which is cut down later.
 */
final class Shapes {

    /** Fields have six or so; what has more is no grid, and of no use here. */
    private static final int MOST_AXES = 16;

    private final Map<String, List<Length>> known = new HashMap<>();
    private final Map<String, List<Length>> declared = new HashMap<>();
    private final Map<String, Length> named = new HashMap<>();
    private final ShapeRules rules;

    Shapes(Graph graph, Constants constants, Slices slices, Transforms transforms) {
        rules = new ShapeRules(this, constants, slices, transforms);
        graph.proto().getInputList().forEach(this::nameLengths);
        Stream.of(
                        graph.proto().getInputList(),
                        graph.proto().getValueInfoList(),
                        graph.proto().getOutputList())
                .flatMap(List::stream)
                .forEach(this::declare);
        graph.proto().getInitializerList().stream()
                .filter(tensor -> tensor.getDimsCount() <= MOST_AXES)
                .forEach(tensor -> known.put(tensor.getName(), ShapeRules.stated(tensor)));
        graph.proto().getInputList().stream()
                .map(ValueInfoProto::getName)
                .filter(declared::containsKey)
                .forEach(name -> known.putIfAbsent(name, declared.get(name)));
        graph.proto().getNodeList().forEach(this::infer);
    }

    Optional<List<Length>> of(String value) {
        return Optional.ofNullable(known.get(value));
    }

    private void infer(NodeProto node) {
        for (String output : node.getOutputList()) {
            Optional<List<Length>> inferred = node.getOutputCount() == 1 ? rules.infer(node) : Optional.empty();
            Optional<List<Length>> stated = Optional.ofNullable(declared.get(output));
            inferred.map(shape ->
                            stated.map(other -> merge(shape, other, output)).orElse(shape))
                    .or(() -> stated)
                    .filter(shape -> shape.size() <= MOST_AXES)
                    .ifPresent(shape -> known.put(output, shape));
        }
    }

    /** What was inferred; of axes that are new here, what is declared. Exporters declare some transforms wrongly. */
    private static List<Length> merge(List<Length> inferred, List<Length> stated, String value) {
        if (inferred.size() != stated.size()) {
            return inferred;
        }
        return IntStream.range(0, inferred.size())
                .mapToObj(axis -> inferred.get(axis).equals(new Length.Dimension(value, axis))
                        ? stated.get(axis)
                        : inferred.get(axis))
                .toList();
    }

    private void nameLengths(ValueInfoProto input) {
        List<TensorShapeProto.Dimension> dims =
                input.getType().getTensorType().getShape().getDimList();
        for (int axis = 0; axis < dims.size(); axis++) {
            if (!dims.get(axis).getDimParam().isEmpty()) {
                named.putIfAbsent(dims.get(axis).getDimParam(), new Length.Dimension(input.getName(), axis));
            }
        }
    }

    private void declare(ValueInfoProto value) {
        List<TensorShapeProto.Dimension> dims =
                value.getType().getTensorType().getShape().getDimList();
        if (!value.getType().getTensorType().hasShape() || dims.size() > MOST_AXES) {
            return;
        }
        declared.put(
                value.getName(),
                IntStream.range(0, dims.size())
                        .mapToObj(axis -> length(dims.get(axis), value.getName(), axis))
                        .toList());
    }

    private Length length(TensorShapeProto.Dimension dim, String value, int axis) {
        if (dim.hasDimValue() && dim.getDimValue() > 0) {
            return new Length.Static(dim.getDimValue());
        }
        Length own = new Length.Dimension(value, axis);
        return dim.getDimParam().isEmpty() ? own : named.getOrDefault(dim.getDimParam(), own);
    }
}
