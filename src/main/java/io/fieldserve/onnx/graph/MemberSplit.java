package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.GraphProto;
import io.fieldserve.onnx.graph.proto.Onnx.ModelProto;
import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Cuts a graph that holds a whole ensemble into one graph a member.
 *
 * <p>Such a graph stacks what its members give, a {@code Concat} of {@code Unsqueeze} along a new first axis, into one
 * output. Each part has the inputs of the whole, and of its nodes and weights those that its member needs; what members
 * share, each part has for itself.
 */
public final class MemberSplit {

    private MemberSplit() {}

    /**
     * The members' graphs, in the order of the stack.
     *
     * @param model a model's bytes, not to be changed while this runs
     * @param outputs the outputs with all members, {@code [M, B, C, ...]}, and what a member's own output
     *     {@code [B, C, ...]} is to be called
     * @return two graphs or more; empty where the structure isn't recognised or parts could differ from the whole: random
     *     operators, weights in other files, names that clash
     */
    public static Optional<List<byte[]>> split(byte[] model, Map<String, String> outputs) {
        return Model.read(
                model,
                parsed -> Optional.of(parsed).filter(GraphPart::canBeCut).flatMap(known -> split(known, outputs)));
    }

    private static Optional<List<byte[]>> split(ModelProto model, Map<String, String> outputs) {
        Graph graph = new Graph(model.getGraph());
        Map<String, List<String>> stacks = new HashMap<>();
        outputs.keySet().forEach(output -> stacks.put(output, stacked(graph, output)));
        List<Integer> sizes =
                stacks.values().stream().map(List::size).distinct().toList();
        if (sizes.size() != 1 || sizes.getFirst() < 2) {
            return Optional.empty();
        }
        List<byte[]> parts = new ArrayList<>();
        for (int member : IntStream.range(0, sizes.getFirst()).toArray()) {
            Map<String, GraphPart.Source> sources = new HashMap<>();
            outputs.forEach((output, name) ->
                    sources.put(name, new GraphPart.Source(stacks.get(output).get(member), output)));
            Optional<GraphProto> part = new GraphPart(graph, sources).cut();
            if (part.isEmpty() || sources.size() < outputs.size()) {
                return Optional.empty();
            }
            parts.add(bytes(model, part.get()));
        }
        return Optional.of(parts);
    }

    private static byte[] bytes(ModelProto model, GraphProto part) {
        return model.toBuilder().setGraph(part).build().toByteArray();
    }

    /** The values that are stacked along a new first axis into this one; none where it isn't such a stack. */
    private static List<String> stacked(Graph graph, String output) {
        Constants constants = new Constants(graph);
        return graph.producer(output, "Concat")
                .filter(concat -> Attributes.integer(concat, "axis", -1) == 0)
                .map(concat -> concat.getInputList().stream()
                        .flatMap(slot -> graph
                                .producer(slot, "Unsqueeze")
                                .filter(unsqueeze -> isAtFront(unsqueeze, constants))
                                .map(unsqueeze -> unsqueeze.getInput(0))
                                .stream())
                        .toList())
                .filter(members -> members.size() == slots(graph, output))
                .orElse(List.of());
    }

    private static int slots(Graph graph, String output) {
        return graph.producer(output).map(NodeProto::getInputCount).orElse(0);
    }

    private static boolean isAtFront(NodeProto unsqueeze, Constants constants) {
        // Up to operator set 12 the axes are an attribute.
        OptionalLong axis = Graph.input(unsqueeze, 1)
                .map(constants::integer)
                .orElseGet(() -> Attributes.find(unsqueeze, "axes")
                        .filter(axes -> axes.getIntsCount() == 1)
                        .map(axes -> OptionalLong.of(axes.getInts(0)))
                        .orElse(OptionalLong.empty()));
        return axis.isPresent() && axis.getAsLong() == 0;
    }
}
