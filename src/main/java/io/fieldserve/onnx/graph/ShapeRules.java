package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.AttributeProto;
import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** How the operators around a Fourier layer hand lengths on. */
final class ShapeRules {

    private final Shapes shapes;
    private final Constants constants;
    private final Slices slices;
    private final Transforms transforms;

    ShapeRules(Shapes shapes, Constants constants, Slices slices, Transforms transforms) {
        this.shapes = shapes;
        this.constants = constants;
        this.slices = slices;
        this.transforms = transforms;
    }

    /** Shape of the only output; an axis whose length is new is a {@link Length.Dimension} of that output. */
    Optional<List<Length>> infer(NodeProto node) {
        return switch (Graph.operator(node)) {
            case "Identity", "Cast", "Neg", "Sqrt", "ScatterND" -> first(node);
            case "Mul", "Div" -> scaled(node).flatMap(shapes::of);
            case "Constant" -> Attributes.find(node, "value").map(value -> stated(value.getT()));
            case "Shape" -> first(node).map(shape -> List.of(new Length.Static(taken(node, shape.size()))));
            case "DFT" -> transforms.read(node, shapes).map(Transform::outputShape);
            case "Transpose" ->
                first(node)
                        .map(shape -> permutation(node, shape.size()).stream()
                                .map(shape::get)
                                .toList());
            case "Unsqueeze" -> first(node).flatMap(shape -> unsqueezed(node, shape));
            case "Squeeze" -> first(node).flatMap(shape -> squeezed(node, shape));
            case "Gather" -> first(node).flatMap(shape -> gathered(node, shape));
            case "Slice" -> first(node).flatMap(shape -> sliced(node, shape));
            case "Pad" -> first(node).map(shape -> padded(node, shape));
            case "Concat" -> concatenated(node);
            default -> Optional.empty();
        };
    }

    private Optional<List<Length>> first(NodeProto node) {
        return shapes.of(node.getInput(0));
    }

    static List<Length> stated(TensorProto tensor) {
        return tensor.getDimsList().stream()
                .map(size -> (Length) new Length.Static(size))
                .toList();
    }

    /** Number of axes whose lengths a Shape node gives. */
    private static int taken(NodeProto shape, int rank) {
        return Math.max(0, end(shape, rank) - start(shape, rank));
    }

    /** The first axis whose length a Shape node gives. */
    static int start(NodeProto shape, int rank) {
        return bound(Attributes.integer(shape, "start", 0), rank);
    }

    /** The axis behind the last one whose length a Shape node gives. */
    static int end(NodeProto shape, int rank) {
        return bound(Attributes.integer(shape, "end", rank), rank);
    }

    private static int bound(long axis, int rank) {
        return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
    }

    /** The tensor that a product or quotient scales by a single number. */
    Optional<String> scaled(NodeProto node) {
        String left = node.getInput(0);
        String right = node.getInput(1);
        if (isNumber(right)) {
            return Optional.of(left);
        }
        return node.getOpType().equals("Mul") && isNumber(left) ? Optional.of(right) : Optional.empty();
    }

    private boolean isNumber(String value) {
        return shapes.of(value)
                .filter(shape -> shape.isEmpty() || shape.equals(List.of(new Length.Static(1))))
                .isPresent();
    }

    /** Input axis of each output axis of a Transpose. */
    static List<Integer> permutation(NodeProto transpose, int rank) {
        List<Integer> axes = Attributes.find(transpose, "perm")
                .map(AttributeProto::getIntsList)
                .map(all -> axes(all, rank))
                .orElseGet(() -> IntStream.range(0, rank)
                        .mapToObj(axis -> rank - 1 - axis)
                        .toList());
        if (axes.size() != rank) {
            throw new MalformedGraphException("%s permutes no %d axes".formatted(axes, rank));
        }
        return axes;
    }

    /** The axis that a Gather of a single index takes away. */
    Optional<Integer> takenAway(NodeProto gather, int rank) {
        boolean scalar = constants
                .tensor(gather.getInput(1))
                .filter(tensor -> tensor.getDimsCount() == 0)
                .isPresent();
        return scalar ? Optional.of(axis(Attributes.integer(gather, "axis", 0), rank)) : Optional.empty();
    }

    /** Axes that an Unsqueeze adds, counted in its output. */
    Optional<List<Integer>> added(NodeProto unsqueeze, int inputRank) {
        return Graph.input(unsqueeze, 1)
                .flatMap(constants::integers)
                .map(axes ->
                        axes(axes, inputRank + axes.size()).stream().sorted().toList());
    }

    /** An axis counted from the front. */
    static int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw new MalformedGraphException("axis %d of %d".formatted(axis, rank));
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** Axes counted from the front, each once. */
    static List<Integer> axes(List<Long> axes, int rank) {
        List<Integer> known = axes.stream().map(axis -> axis(axis, rank)).toList();
        if (known.stream().distinct().count() < known.size()) {
            throw new MalformedGraphException("axes %s name one twice".formatted(known));
        }
        return known;
    }

    private Optional<List<Length>> unsqueezed(NodeProto node, List<Length> shape) {
        return added(node, shape.size()).map(axes -> {
            List<Length> result = new ArrayList<>(shape);
            axes.forEach(axis -> result.add(axis, new Length.Static(1)));
            return result;
        });
    }

    private Optional<List<Length>> squeezed(NodeProto node, List<Length> shape) {
        if (Graph.input(node, 1).isEmpty()) {
            return shape.equals(List.of(new Length.Static(1))) ? Optional.of(List.of()) : Optional.empty();
        }
        return Graph.input(node, 1).flatMap(constants::integers).map(axes -> {
            List<Integer> gone = axes(axes, shape.size());
            return IntStream.range(0, shape.size())
                    .filter(axis -> !gone.contains(axis))
                    .mapToObj(shape::get)
                    .toList();
        });
    }

    private Optional<List<Length>> gathered(NodeProto node, List<Length> shape) {
        return takenAway(node, shape.size()).map(axis -> {
            List<Length> result = new ArrayList<>(shape);
            result.remove(axis.intValue());
            return result;
        });
    }

    private Optional<List<Length>> sliced(NodeProto node, List<Length> shape) {
        Optional<Map<Integer, Kept>> parts = slices.parts(node, shape.size());
        return parts.map(cut -> {
            List<Length> result = new ArrayList<>(shape);
            cut.forEach((axis, part) -> result.set(axis, length(shape.get(axis), part, node.getOutput(0), axis)));
            return result;
        });
    }

    private static Length length(Length whole, Kept part, String value, int axis) {
        return whole instanceof Length.Static(long size) && !part.isAll()
                ? new Length.Static(Math.min(size, part.front() + part.back()))
                : new Length.Dimension(value, axis);
    }

    private List<Length> padded(NodeProto node, List<Length> shape) {
        int rank = shape.size();
        Optional<List<OptionalLong>> pads = Graph.input(node, 3).isPresent()
                ? Optional.empty()
                : Graph.input(node, 1).flatMap(constants::elements).filter(all -> all.size() == 2 * rank);
        return IntStream.range(0, rank)
                .mapToObj(axis -> pads.filter(all -> isZero(all.get(axis)) && isZero(all.get(rank + axis)))
                        .map(ignored -> shape.get(axis))
                        .orElse(new Length.Dimension(node.getOutput(0), axis)))
                .toList();
    }

    static boolean isZero(OptionalLong number) {
        return number.isPresent() && number.getAsLong() == 0;
    }

    private Optional<List<Length>> concatenated(NodeProto node) {
        List<List<Length>> parts = node.getInputList().stream()
                .flatMap(input -> shapes.of(input).stream())
                .toList();
        if (parts.size() < node.getInputCount()) {
            return Optional.empty();
        }
        int rank = parts.getFirst().size();
        if (parts.stream().anyMatch(part -> part.size() != rank)) {
            throw new MalformedGraphException("parts of different rank");
        }
        int joined = axis(Attributes.integer(node, "axis", 0), rank);
        List<Length> result = new ArrayList<>(parts.getFirst());
        boolean fixed = parts.stream().allMatch(part -> part.get(joined) instanceof Length.Static);
        result.set(
                joined,
                fixed
                        ? new Length.Static(parts.stream()
                                .mapToLong(part -> part.get(joined) instanceof Length.Static size ? size.value() : 0)
                                .sum())
                        : new Length.Dimension(node.getOutput(0), joined));
        return Optional.of(result);
    }
}
