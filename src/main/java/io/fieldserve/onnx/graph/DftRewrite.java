package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.GraphProto;
import io.fieldserve.onnx.graph.proto.Onnx.ModelProto;
import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Replaces discrete Fourier transforms by products with real matrices.
 *
 * <p>Of a spectrum that a graph cuts down to some modes only these are computed, and of a spectrum padded with zeros only
 * what can differ from zero is read: see {@link Demand} and {@link Support}. The matrices are built inside the graph
 * from the grid of each run; where the grid is fixed, ONNX Runtime folds them into constants when it opens the graph.
 */
public final class DftRewrite {

    /** DFT came with 17. */
    private static final int OLDEST_OPERATOR_SET = 17;

    private DftRewrite() {}

    /**
     * The model with its DFT nodes replaced, all values as before to rounding. Nodes that can't be rewritten safely stay:
     * those in subgraphs and functions, or with an axis or a number of components that the graph doesn't tell.
     *
     * @param model a model's bytes, not to be changed while this runs
     * @return empty where there is nothing to replace, or where the bytes are no sound model
     */
    public static Optional<Rewritten> rewrite(byte[] model) {
        return Model.read(
                model,
                parsed -> Optional.of(parsed)
                        .filter(known -> Model.operatorSet(known) >= OLDEST_OPERATOR_SET)
                        .filter(known -> known.getGraph().getNodeList().stream().anyMatch(DftRewrite::isTransform))
                        .flatMap(DftRewrite::rewrite));
    }

    private static Optional<Rewritten> rewrite(ModelProto model) {
        SpectralLayers layers = new SpectralLayers(new Graph(model.getGraph()), Model.operatorSet(model));
        // What is stated of inner values is no longer true of those cut down.
        GraphProto.Builder graph = model.getGraph().toBuilder().clearNode().clearValueInfo();
        TransformWriter writer = new TransformWriter(new Nodes(graph, unusedPrefix(model.getGraph())), layers);
        List<Transform> replaced = new ArrayList<>();
        for (NodeProto node : model.getGraph().getNodeList()) {
            Optional<Transform> transform = isTransform(node) ? layers.transform(node) : Optional.empty();
            if (transform.isPresent()) {
                writer.write(transform.get());
                replaced.add(transform.get());
            } else {
                graph.addNode(node);
            }
        }
        if (replaced.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = model.toBuilder()
                .setGraph(Reachable.prune(graph.build()))
                .build()
                .toByteArray();
        return Optional.of(new Rewritten(bytes, Description.of(replaced, layers)));
    }

    private static boolean isTransform(NodeProto node) {
        return Graph.isOperator(node, "DFT");
    }

    private static String unusedPrefix(GraphProto graph) {
        List<String> names = graph.getNodeList().stream()
                .flatMap(Names::withNested)
                .flatMap(node -> Stream.concat(
                        Stream.of(node.getName()),
                        Stream.concat(node.getInputList().stream(), node.getOutputList().stream())))
                .toList();
        String prefix = "fourier.";
        while (isUsed(prefix, names)) {
            prefix = "_" + prefix;
        }
        return prefix;
    }

    private static boolean isUsed(String prefix, List<String> names) {
        return names.stream().anyMatch(name -> name.startsWith(prefix));
    }
}
