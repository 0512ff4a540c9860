package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Which entries of a value can differ from zero: those that a Fourier layer wrote into a spectrum of zeros. */
final class Support {

    private record Axis(String value, int axis) {}

    private final Graph graph;
    private final Constants constants;
    private final Slices slices;
    private final Shapes shapes;
    private final ShapeRules rules;
    private final Transforms transforms;
    private final Map<Axis, Kept> found = new HashMap<>();

    Support(Graph graph, Constants constants, Slices slices, Shapes shapes, ShapeRules rules, Transforms transforms) {
        this.graph = graph;
        this.constants = constants;
        this.slices = slices;
        this.shapes = shapes;
        this.rules = rules;
        this.transforms = transforms;
    }

    /** A part of the axis outside of which the value is zero. */
    Kept of(String value, int axis) {
        Axis key = new Axis(value, axis);
        Kept known = found.get(key);
        if (known == null) {
            known = constants.isZero(value)
                    ? Kept.NONE
                    : graph.producer(value).map(node -> of(node, axis)).orElse(Kept.ALL);
            found.put(key, known);
        }
        return known;
    }

    private Kept of(NodeProto node, int axis) {
        Optional<List<Length>> shape = shapes.of(node.getOutput(0));
        if (shape.isEmpty()) {
            return Kept.ALL;
        }
        int rank = shape.get().size();
        String first = node.getInputCount() == 0 ? "" : node.getInput(0);
        return switch (Graph.operator(node)) {
            case "Identity", "Cast", "Neg" -> of(first, axis);
            case "Mul", "Div" ->
                rules.scaled(node).map(tensor -> of(tensor, axis)).orElse(Kept.ALL);
            case "Transpose" -> of(first, ShapeRules.permutation(node, rank).get(axis));
            case "Unsqueeze" -> unsqueezed(node, axis, rank);
            case "Slice" ->
                slices.parts(node, rank)
                                .filter(parts -> !parts.containsKey(axis))
                                .isPresent()
                        ? of(first, axis)
                        : Kept.ALL;
            case "DFT" ->
                transforms
                                .producing(node.getOutput(0))
                                .filter(dft -> dft.axis() != axis && axis < rank - 1)
                                .isPresent()
                        ? of(first, axis)
                        : Kept.ALL;
            case "Pad" -> padded(node, axis, rank);
            case "Concat" -> concatenated(node, axis, rank);
            case "ScatterND" -> scattered(node, axis);
            default -> Kept.ALL;
        };
    }

    private Kept unsqueezed(NodeProto node, int axis, int rank) {
        return rules.added(node, rank - 1)
                .filter(added -> added.size() == 1 && added.getFirst() > axis)
                .map(added -> of(node.getInput(0), axis))
                .orElse(Kept.ALL);
    }

    private Kept padded(NodeProto node, int axis, int rank) {
        Optional<List<OptionalLong>> pads = Graph.input(node, 1).flatMap(constants::elements);
        boolean zeros = Attributes.find(node, "mode")
                        .filter(mode -> !mode.getS().toStringUtf8().equals("constant"))
                        .isEmpty()
                && Graph.input(node, 2)
                        .filter(value -> !constants.isZero(value))
                        .isEmpty();
        if (!zeros
                || pads.isEmpty()
                || pads.get().size() != 2 * rank
                || Graph.input(node, 3).isPresent()) {
            return Kept.ALL;
        }
        OptionalLong before = pads.get().get(axis);
        if (!ShapeRules.isZero(before)) {
            return Kept.ALL;
        }
        Kept inside = of(node.getInput(0), axis);
        if (ShapeRules.isZero(pads.get().get(rank + axis)) || (!inside.isAll() && inside.back() == 0)) {
            return inside;
        }
        return size(node.getInput(0), axis).map(size -> new Kept(size, 0)).orElse(Kept.ALL);
    }

    private Optional<Long> size(String value, int axis) {
        return shapes.of(value)
                .map(shape -> shape.get(axis))
                .filter(Length.Static.class::isInstance)
                .map(length -> ((Length.Static) length).value());
    }

    private Kept concatenated(NodeProto node, int axis, int rank) {
        List<String> parts = node.getInputList();
        if (ShapeRules.axis(Attributes.integer(node, "axis", 0), rank) != axis) {
            return parts.stream().map(part -> of(part, axis)).reduce(Kept.NONE, Kept::and);
        }
        // Entries before the first part that isn't zero but for its end, and after the last.
        List<String> zeros = parts.stream().filter(constants::isZero).toList();
        if (zeros.size() != 1) {
            return Kept.ALL;
        }
        int middle = parts.indexOf(zeros.getFirst());
        return total(parts.subList(0, middle), axis)
                .flatMap(front ->
                        total(parts.subList(middle + 1, parts.size()), axis).map(back -> new Kept(front, back)))
                .orElse(Kept.ALL);
    }

    private Optional<Long> total(List<String> parts, int axis) {
        long total = 0;
        for (String part : parts) {
            Optional<Long> size = size(part, axis);
            if (size.isEmpty()) {
                return Optional.empty();
            }
            total += size.get();
        }
        return Optional.of(total);
    }

    private Kept scattered(NodeProto node, int axis) {
        Kept before = of(node.getInput(0), axis);
        return before.isAll()
                ? before
                : written(node)
                        .map(rows -> axis == 0 ? rows : of(node.getInput(2), axis))
                        .map(before::and)
                        .orElse(Kept.ALL);
    }

    /** The entries of the first axis that are written, where they are written as a whole. */
    private Optional<Kept> written(NodeProto scatter) {
        String indices = scatter.getInput(1);
        Length rows = shapes.of(scatter.getInput(0)).orElseThrow().getFirst();
        Optional<List<Long>> constant = constants.integers(indices);
        if (constant.isPresent()) {
            boolean whole = shapes.of(indices)
                    .filter(shape -> shape.size() == 2 && shape.getLast().equals(new Length.Static(1)))
                    .isPresent();
            return whole ? constant.map(rowNumbers -> rows(rowNumbers, rows)) : Optional.empty();
        }
        return graph.producer(indices, "Unsqueeze")
                .filter(node -> rules.added(node, 1)
                        .filter(axes -> axes.equals(List.of(1)))
                        .isPresent())
                .flatMap(node -> graph.producer(node.getInput(0), "Slice"))
                .flatMap(slice -> slices.parts(slice, 1)
                        .map(parts -> parts.getOrDefault(0, Kept.ALL))
                        .filter(part -> countsRows(slice.getInput(0), part, rows)));
    }

    private static Kept rows(List<Long> numbers, Length rows) {
        long smallest = numbers.stream().min(Long::compare).orElse(0L);
        long largest = numbers.stream().max(Long::compare).orElse(-1L);
        if (smallest < 0) {
            return Kept.ALL;
        }
        boolean back = rows instanceof Length.Static size && size.value() - smallest < largest + 1;
        return back ? new Kept(0, ((Length.Static) rows).value() - smallest) : new Kept(largest + 1, 0);
    }

    /** Whether a value is 0, 1, 2... and, where the part counts from its end, ends with the last row. */
    private boolean countsRows(String value, Kept part, Length rows) {
        return graph.producer(value, "Range")
                .filter(range -> constants.integer(range.getInput(0)).orElse(-1) == 0)
                .filter(range -> constants.integer(range.getInput(2)).orElse(-1) == 1)
                .filter(range -> part.back() == 0
                        || transforms.scalar(range.getInput(1), shapes).equals(rows))
                .isPresent();
    }
}
