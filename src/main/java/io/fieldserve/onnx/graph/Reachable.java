package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.GraphProto;
import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import io.fieldserve.onnx.graph.proto.Onnx.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The part of a graph that some of its values need. */
final class Reachable {

    private final GraphProto graph;
    private final Set<String> needed = new HashSet<>();

    Reachable(GraphProto graph, List<String> values) {
        this.graph = graph;
        Map<String, NodeProto> producers = new HashMap<>();
        graph.getNodeList().forEach(node -> node.getOutputList().forEach(output -> producers.put(output, node)));
        Deque<String> open = new ArrayDeque<>(values);
        while (!open.isEmpty()) {
            String value = open.pop();
            if (needed.add(value) && producers.containsKey(value)) {
                Names.read(producers.get(value)).forEach(open::push);
            }
        }
    }

    /** The graph without what its outputs don't need; ONNX Runtime warns of constants that nobody reads. */
    static GraphProto prune(GraphProto graph) {
        return new Reachable(
                        graph,
                        graph.getOutputList().stream()
                                .map(ValueInfoProto::getName)
                                .toList())
                .part()
                .build();
    }

    /** The nodes, weights and stated shapes that are needed, and all inputs; outputs as they were. */
    GraphProto.Builder part() {
        Set<String> weights =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        return graph.toBuilder()
                .clearNode()
                .addAllNode(graph.getNodeList().stream()
                        .filter(node -> node.getOutputList().stream().anyMatch(needed::contains))
                        .toList())
                .clearInitializer()
                .addAllInitializer(graph.getInitializerList().stream()
                        .filter(tensor -> needed.contains(tensor.getName()))
                        .toList())
                // Before version 4 of the format, weights are listed among the inputs.
                .clearInput()
                .addAllInput(graph.getInputList().stream()
                        .filter(input -> needed.contains(input.getName()) || !weights.contains(input.getName()))
                        .toList())
                .clearValueInfo()
                .addAllValueInfo(graph.getValueInfoList().stream()
                        .filter(value -> needed.contains(value.getName()))
                        .toList());
    }
}
