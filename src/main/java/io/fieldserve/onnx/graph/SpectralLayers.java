package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import java.util.List;
import java.util.Optional;

/** The transforms of a graph and the parts of their spectra that matter. */
final class SpectralLayers {

    private final Graph graph;
    private final Slices slices;
    private final Shapes shapes;
    private final ShapeRules rules;
    private final Transforms transforms;
    private final Demand demand;

    SpectralLayers(Graph graph, long operatorSet) {
        this.graph = graph;
        Constants constants = new Constants(graph);
        slices = new Slices(constants);
        transforms = new Transforms(graph, constants, operatorSet);
        shapes = new Shapes(graph, constants, slices, transforms);
        rules = new ShapeRules(shapes, constants, slices, transforms);
        Support support = new Support(graph, constants, slices, shapes, rules, transforms);
        demand = new Demand(graph, slices, shapes, rules, transforms, support);
    }

    /** The transform of a DFT node, where it is known. */
    Optional<Transform> transform(NodeProto node) {
        return transforms.producing(node.getOutput(0));
    }

    /** What a transform needs to read along its own axis. */
    Kept read(Transform transform) {
        return demand.readBy(transform).of(transform.inputShape().get(transform.axis()));
    }

    /** What of a transform's output is looked at, and so computed. */
    Kept written(Transform transform, int axis) {
        return demand.of(transform.output(), axis).of(transform.outputShape().get(axis));
    }

    /** What a value is cut down to already, since the transform that it comes from computes no more. */
    Kept present(String value, int axis) {
        Optional<NodeProto> producer = graph.producer(value);
        Optional<List<Length>> shape = shapes.of(value);
        if (producer.isEmpty() || shape.isEmpty()) {
            return Kept.ALL;
        }
        NodeProto node = producer.get();
        return switch (Graph.operator(node)) {
            case "DFT" -> transform(node).map(dft -> written(dft, axis)).orElse(Kept.ALL);
            case "Identity", "Slice" -> present(node.getInput(0), axis);
            case "Mul", "Div" ->
                rules.scaled(node).map(tensor -> present(tensor, axis)).orElse(Kept.ALL);
            case "Transpose" ->
                present(
                        node.getInput(0),
                        ShapeRules.permutation(node, shape.get().size()).get(axis));
            case "Gather" ->
                rules.takenAway(node, shape.get().size() + 1)
                        .map(gone -> present(node.getInput(0), gone <= axis ? axis + 1 : axis))
                        .orElse(Kept.ALL);
            default -> Kept.ALL;
        };
    }
}
