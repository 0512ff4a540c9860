package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which entries of a value are looked at: those modes of a spectrum that a Fourier layer keeps.
 *
 * <p>Only operators are followed that give the same result for a value cut down to that part, see {@link Kept}.
 */
final class Demand {

    private record Axis(String value, int axis) {}

    private final Graph graph;
    private final Slices slices;
    private final Shapes shapes;
    private final ShapeRules rules;
    private final Transforms transforms;
    private final Support support;
    private final Map<Axis, Kept> found = new HashMap<>();

    Demand(Graph graph, Slices slices, Shapes shapes, ShapeRules rules, Transforms transforms, Support support) {
        this.graph = graph;
        this.slices = slices;
        this.shapes = shapes;
        this.rules = rules;
        this.transforms = transforms;
        this.support = support;
    }

    /** The part of the axis that is looked at. */
    Kept of(String value, int axis) {
        if (graph.isReadElsewhere(value)) {
            return Kept.ALL;
        }
        Axis key = new Axis(value, axis);
        Kept known = found.get(key);
        if (known == null) {
            known = graph.consumers(value).stream()
                    .map(node -> by(node, value, axis))
                    .reduce(Kept.NONE, Kept::and);
            found.put(key, known);
        }
        return known;
    }

    private Kept by(NodeProto node, String value, int axis) {
        Optional<List<Length>> shape = shapes.of(value);
        if (shape.isEmpty()) {
            return Kept.ALL;
        }
        if (Graph.isOperator(node, "Mul") || Graph.isOperator(node, "Div")) {
            boolean scaled = rules.scaled(node).filter(value::equals).isPresent();
            return scaled ? of(node.getOutput(0), axis) : Kept.ALL;
        }
        if (node.getInputList().lastIndexOf(value) != 0) {
            return Kept.ALL;
        }
        int rank = shape.get().size();
        return switch (Graph.operator(node)) {
            case "Identity" -> of(node.getOutput(0), axis);
            case "Transpose" ->
                of(node.getOutput(0), ShapeRules.permutation(node, rank).indexOf(axis));
            case "Gather" ->
                rules.takenAway(node, rank)
                        .filter(gone -> gone != axis)
                        .map(gone -> of(node.getOutput(0), gone < axis ? axis - 1 : axis))
                        .orElse(Kept.ALL);
            case "Slice" ->
                slices.parts(node, rank)
                        .map(parts -> parts.containsKey(axis) ? parts.get(axis) : of(node.getOutput(0), axis))
                        .orElse(Kept.ALL);
            case "Shape" -> leavesOut(node, axis, rank) ? Kept.NONE : Kept.ALL;
            case "DFT" ->
                transforms
                        .producing(node.getOutput(0))
                        .filter(dft -> axis < rank - 1)
                        .map(dft -> dft.axis() == axis ? readBy(dft) : of(node.getOutput(0), axis))
                        .orElse(Kept.ALL);
            default -> Kept.ALL;
        };
    }

    /** What a transform reads of its own axis: the entries that can differ from zero. */
    Kept readBy(Transform transform) {
        Kept part = support.of(transform.input(), transform.axis());
        // Where the input is cut or padded first, its end is not that of the signal.
        return transform.whole() || part.back() == 0 ? part : Kept.ALL;
    }

    private static boolean leavesOut(NodeProto shape, int axis, int rank) {
        return axis < ShapeRules.start(shape, rank) || axis >= ShapeRules.end(shape, rank);
    }
}
