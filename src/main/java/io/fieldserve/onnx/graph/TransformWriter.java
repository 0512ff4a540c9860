package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.AttributeProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/** Writes a transform as the product of its input with a matrix. */
final class TransformWriter {

    private final Nodes nodes;
    private final SpectralLayers layers;
    private final FourierMatrix matrices;

    TransformWriter(Nodes nodes, SpectralLayers layers) {
        this.nodes = nodes;
        this.layers = layers;
        this.matrices = new FourierMatrix(nodes);
    }

    /** Defines the transform's output anew. */
    void write(Transform transform) {
        String input = cutOtherAxes(transform);
        Kept read = layers.read(transform);
        String rows = nodes.indices(read, lengthRead(transform, input));
        boolean asItIs = read.isAll() ? transform.whole() : read.equals(present(transform, transform.axis()));
        if (!asItIs) {
            String taken = transform.whole() ? nodes.indices(read, nodes.dimension(input, transform.axis())) : rows;
            input = gather(input, taken, transform.axis());
        }
        Kept written = layers.written(transform, transform.axis());
        String columns = nodes.indices(written, nodes.length(transform.written()));
        multiply(transform, input, matrices.build(transform, rows, columns));
    }

    /** Entries that are read, of an input that may have too few or too many of them. */
    private String lengthRead(Transform transform, String input) {
        String length = nodes.length(transform.read());
        return transform.whole() ? length : nodes.add("Min", List.of(length, nodes.dimension(input, transform.axis())));
    }

    /** Leaves out what nobody looks at afterwards along the axes that the transform hands on. */
    private String cutOtherAxes(Transform transform) {
        String input = transform.input();
        for (int axis = 0; axis < transform.rank() - 1; axis++) {
            if (axis == transform.axis()) {
                continue;
            }
            Kept needed = layers.written(transform, axis);
            if (!needed.isAll() && !needed.equals(present(transform, axis))) {
                input = gather(input, nodes.indices(needed, nodes.dimension(input, axis)), axis);
            }
        }
        return input;
    }

    private Kept present(Transform transform, int axis) {
        return layers.present(transform.input(), axis);
    }

    private String gather(String value, String indices, int axis) {
        return nodes.add("Gather", List.of(value, indices), Attributes.integer("axis", axis));
    }

    /** The axis goes next to the components, both become one, and a matrix product maps it to modes or points. */
    private void multiply(Transform transform, String input, String matrix) {
        boolean inPlace = transform.axis() == transform.rank() - 2;
        String moved = inPlace ? input : nodes.add("Transpose", List.of(input), swap(transform));
        String flat = nodes.add("Reshape", List.of(moved, shape(transform, -1)));
        String product = nodes.add("MatMul", List.of(flat, matrix));
        List<String> parted = List.of(product, shape(transform, -1, transform.outputComponents()));
        if (inPlace) {
            nodes.define(transform.output(), "Reshape", parted);
        } else {
            nodes.define(transform.output(), "Transpose", List.of(nodes.add("Reshape", parted)), swap(transform));
        }
    }

    /** The leading axes as they are, 0 in ONNX, and then the given ones. */
    private String shape(Transform transform, long... last) {
        return nodes.vector(
                LongStream.concat(LongStream.generate(() -> 0).limit(transform.rank() - 2L), LongStream.of(last))
                        .toArray());
    }

    private static AttributeProto swap(Transform transform) {
        List<Long> axes =
                new ArrayList<>(LongStream.range(0, transform.rank()).boxed().toList());
        Collections.swap(axes, transform.axis(), transform.rank() - 2);
        return Attributes.integers("perm", axes);
    }
}
