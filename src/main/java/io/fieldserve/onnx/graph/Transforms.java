package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads DFT nodes of operator sets 17 (the axis is an attribute) and 20 (it is an input). */
final class Transforms {

    private static final int AXIS_IS_INPUT = 20;
    private static final int DEFAULT_AXIS = 1;
    private static final int DEFAULT_AXIS_INPUT = -2;

    private final Graph graph;
    private final Constants constants;
    private final long operatorSet;
    private final Map<String, Transform> byOutput = new HashMap<>();

    Transforms(Graph graph, Constants constants, long operatorSet) {
        this.graph = graph;
        this.constants = constants;
        this.operatorSet = operatorSet;
    }

    /** The transform that makes the value, where it was read before. */
    Optional<Transform> producing(String value) {
        return Optional.ofNullable(byOutput.get(value));
    }

    /** Reads a DFT node; empty where its meaning can't be told from the graph. */
    Optional<Transform> read(NodeProto node, Shapes shapes) {
        Optional<Transform> transform = shapes.of(node.getInput(0)).flatMap(shape -> read(node, shape, shapes));
        transform.ifPresent(known -> byOutput.put(known.output(), known));
        return transform;
    }

    private Optional<Transform> read(NodeProto node, List<Length> shape, Shapes shapes) {
        OptionalLong stated = axis(node);
        if (stated.isEmpty() || shape.size() < 2) {
            return Optional.empty();
        }
        int axis = ShapeRules.axis(stated.getAsLong(), shape.size());
        if (axis < 0 || axis > shape.size() - 2) {
            return Optional.empty();
        }
        boolean inverse = Attributes.integer(node, "inverse", 0) != 0;
        boolean onesided = Attributes.integer(node, "onesided", 0) != 0;
        Optional<Length> given = Graph.input(node, 1).map(length -> scalar(length, shapes));
        // Without a length, a one-sided inverse leaves open whether the signal was odd.
        if (onesided && inverse && given.isEmpty()) {
            return Optional.empty();
        }
        Length signal = given.orElse(shape.get(axis));
        Transform transform = new Transform(node, axis, shape, signal, inverse, onesided, true);
        boolean whole = Transform.simplified(transform.read()).equals(shape.get(axis));
        return Optional.of(new Transform(node, axis, shape, signal, inverse, onesided, whole))
                .filter(Transforms::hasKnownComponents);
    }

    private static boolean hasKnownComponents(Transform transform) {
        boolean real = transform.inputShape().getLast().equals(new Length.Static(1));
        boolean complex = transform.inputShape().getLast().equals(new Length.Static(2));
        // One-sided: real points to complex modes, or complex modes to real points.
        return transform.onesided() ? (transform.inverse() ? complex : real) : real || complex;
    }

    private OptionalLong axis(NodeProto node) {
        if (operatorSet < AXIS_IS_INPUT) {
            return OptionalLong.of(Attributes.integer(node, "axis", DEFAULT_AXIS));
        }
        return Graph.input(node, 2).map(constants::integer).orElse(OptionalLong.of(DEFAULT_AXIS_INPUT));
    }

    /** A value with one integer, traced to the length of an axis where it is one. */
    Length scalar(String value, Shapes shapes) {
        OptionalLong constant = constants.integer(value);
        if (constant.isPresent()) {
            return new Length.Static(constant.getAsLong());
        }
        return graph.producer(value)
                .flatMap(node -> switch (Graph.operator(node)) {
                    case "Squeeze", "Unsqueeze", "Reshape", "Identity", "Cast" ->
                        Optional.of(scalar(node.getInput(0), shapes));
                    case "Shape" -> dimension(node, 0, shapes).filter(length -> isSingle(node));
                    case "Gather" ->
                        graph.producer(node.getInput(0), "Shape").flatMap(shape -> {
                            OptionalLong index = constants.integer(node.getInput(1));
                            return index.isPresent() ? dimension(shape, index.getAsLong(), shapes) : Optional.empty();
                        });
                    default -> Optional.empty();
                })
                .orElse(new Length.Scalar(value));
    }

    private static boolean isSingle(NodeProto shape) {
        return Attributes.integer(shape, "end", 0) - Attributes.integer(shape, "start", 0) == 1;
    }

    private static Optional<Length> dimension(NodeProto shape, long index, Shapes shapes) {
        long start = Attributes.integer(shape, "start", 0);
        return shapes.of(shape.getInput(0))
                .filter(lengths -> start >= 0 && index >= 0 && start + index < lengths.size())
                .map(lengths -> lengths.get((int) (start + index)));
    }
}
