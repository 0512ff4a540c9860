package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.GraphProto;
import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import io.fieldserve.onnx.graph.proto.Onnx.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who makes and who reads each value of a graph. */
final class Graph {

    private final GraphProto proto;
    private final Map<String, NodeProto> producers = new HashMap<>();
    private final Map<String, List<NodeProto>> consumers = new HashMap<>();
    private final Map<String, TensorProto> initializers = new HashMap<>();
    private final Set<String> readElsewhere = new HashSet<>();

    Graph(GraphProto proto) {
        this.proto = proto;
        for (NodeProto node : proto.getNodeList()) {
            node.getOutputList().forEach(output -> producers.put(output, node));
            node.getInputList().stream()
                    .distinct()
                    .forEach(input -> consumers
                            .computeIfAbsent(input, ignored -> new ArrayList<>())
                            .add(node));
            Names.captured(node).forEach(readElsewhere::add);
        }
        proto.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
        proto.getOutputList().stream().map(ValueInfoProto::getName).forEach(readElsewhere::add);
    }

    GraphProto proto() {
        return proto;
    }

    Optional<NodeProto> producer(String value) {
        return Optional.ofNullable(producers.get(value));
    }

    /** The producer, where it is this operator. */
    Optional<NodeProto> producer(String value, String operator) {
        return producer(value).filter(node -> isOperator(node, operator));
    }

    List<NodeProto> consumers(String value) {
        return consumers.getOrDefault(value, List.of());
    }

    Optional<TensorProto> initializer(String value) {
        return Optional.ofNullable(initializers.get(value));
    }

    /** Whether the value is an output of the graph, or captured by a subgraph. */
    boolean isReadElsewhere(String value) {
        return readElsewhere.contains(value);
    }

    static boolean isOperator(NodeProto node, String operator) {
        return Model.isStandard(node.getDomain()) && node.getOpType().equals(operator);
    }

    /** The operator, or nothing for those of other domains, which no rule knows. */
    static String operator(NodeProto node) {
        return Model.isStandard(node.getDomain()) ? node.getOpType() : "";
    }

    /** Input at the index, empty where it is left out. */
    static Optional<String> input(NodeProto node, int index) {
        return index < node.getInputCount() && !node.getInput(index).isEmpty()
                ? Optional.of(node.getInput(index))
                : Optional.empty();
    }
}
