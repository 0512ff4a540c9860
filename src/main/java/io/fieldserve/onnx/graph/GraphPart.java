package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.AttributeProto;
import io.fieldserve.onnx.graph.proto.Onnx.GraphProto;
import io.fieldserve.onnx.graph.proto.Onnx.ModelProto;
import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto.DataLocation;
import io.fieldserve.onnx.graph.proto.Onnx.TypeProto;
import io.fieldserve.onnx.graph.proto.Onnx.ValueInfoProto;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The part of a graph that some values need, with these as its only outputs. */
final class GraphPart {

    /** Run in two graphs, they would give what no single run of the whole gives. */
    private static final Set<String> RANDOM = Set.of(
            "RandomNormal",
            "RandomNormalLike",
            "RandomUniform",
            "RandomUniformLike",
            "Bernoulli",
            "Multinomial",
            "Dropout");

    /**
     * A value to be an output.
     *
     * @param value its name in the whole graph
     * @param stack the output of the whole graph that has it as one of its first axis
     */
    record Source(String value, String stack) {}

    private final Graph whole;
    private final Map<String, Source> outputs;

    GraphPart(Graph whole, Map<String, Source> outputs) {
        this.whole = whole;
        this.outputs = new TreeMap<>(outputs);
    }

    /** Whether parts of the model compute what the whole does, and hold all they need. */
    static boolean canBeCut(ModelProto model) {
        GraphProto graph = model.getGraph();
        return graph.getSparseInitializerCount() == 0
                && graph.getQuantizationAnnotationCount() == 0
                && graph.getInitializerList().stream().allMatch(GraphPart::isHere)
                && graph.getNodeList().stream().flatMap(Names::withNested).allMatch(GraphPart::canBeCopied);
    }

    private static boolean canBeCopied(NodeProto node) {
        return !RANDOM.contains(node.getOpType())
                && node.getAttributeList().stream().map(AttributeProto::getT).allMatch(GraphPart::isHere)
                && Names.subgraphs(node).stream()
                        .allMatch(graph -> graph.getInitializerList().stream().allMatch(GraphPart::isHere));
    }

    private static boolean isHere(TensorProto tensor) {
        return tensor.getDataLocation() != DataLocation.EXTERNAL;
    }

    /** The part; empty where an output's name is taken. */
    Optional<GraphProto> cut() {
        GraphProto.Builder part = new Reachable(
                        whole.proto(),
                        outputs.values().stream().map(Source::value).toList())
                .part()
                .clearOutput();
        if (!namesAreFree(part.getNodeList())) {
            return Optional.empty();
        }
        outputs.forEach((name, source) -> {
            part.addNode(NodeProto.newBuilder()
                    .setOpType("Identity")
                    .addInput(source.value())
                    .addOutput(name));
            part.addOutput(ValueInfoProto.newBuilder().setName(name).setType(member(source)));
        });
        return Optional.of(part.build());
    }

    private boolean namesAreFree(List<NodeProto> nodes) {
        Stream<String> taken = Stream.of(
                        nodes.stream().flatMap(Names::withNested).flatMap(node -> node.getOutputList().stream()),
                        whole.proto().getInputList().stream().map(ValueInfoProto::getName),
                        whole.proto().getInitializerList().stream().map(TensorProto::getName))
                .flatMap(names -> names);
        return taken.noneMatch(outputs::containsKey);
    }

    /** The type of the stack without its first axis. */
    private TypeProto member(Source source) {
        TypeProto.Builder type = whole.proto().getOutputList().stream()
                .filter(output -> output.getName().equals(source.stack()))
                .map(output -> output.getType().toBuilder())
                .findFirst()
                .orElseThrow(() -> new MalformedGraphException(source.stack() + " is no output of the graph"));
        if (type.getTensorType().getShape().getDimCount() > 0) {
            type.getTensorTypeBuilder().getShapeBuilder().removeDim(0);
        }
        return type.build();
    }
}
