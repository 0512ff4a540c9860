package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.AttributeProto;
import io.fieldserve.onnx.graph.proto.Onnx.GraphProto;
import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import io.fieldserve.onnx.graph.proto.Onnx.ValueInfoProto;
import java.util.List;
import java.util.stream.Stream;

/** The values that nodes use, those that their subgraphs capture included. */
final class Names {

    private Names() {}

    /** Subgraphs of a control-flow node. */
    static List<GraphProto> subgraphs(NodeProto node) {
        return node.getAttributeList().stream().flatMap(Names::subgraphs).toList();
    }

    private static Stream<GraphProto> subgraphs(AttributeProto attribute) {
        Stream<GraphProto> one = attribute.hasG() ? Stream.of(attribute.getG()) : Stream.empty();
        return Stream.concat(one, attribute.getGraphsList().stream());
    }

    /** All a node may read. What a subgraph defines itself is among it: too many names are safe, too few are not. */
    static Stream<String> read(NodeProto node) {
        return Stream.concat(node.getInputList().stream(), captured(node)).filter(name -> !name.isEmpty());
    }

    /** What the subgraphs of a node may read of the graph around them. */
    static Stream<String> captured(NodeProto node) {
        return subgraphs(node).stream()
                .flatMap(graph -> Stream.concat(
                        graph.getNodeList().stream().flatMap(Names::read),
                        graph.getOutputList().stream().map(ValueInfoProto::getName)));
    }

    /** The node and all nodes in its subgraphs. */
    static Stream<NodeProto> withNested(NodeProto node) {
        return Stream.concat(
                Stream.of(node),
                subgraphs(node).stream()
                        .flatMap(graph -> graph.getNodeList().stream())
                        .flatMap(Names::withNested));
    }
}
