package io.fieldserve.onnx.graph;

/**
 * How large a model may be.
 *
 * @param bytes of its file, and of the weights that it keeps in others or unpacks
 * @param nodes of its graph, those of subgraphs included, and those of functions as often as they are called
 */
public record ModelBounds(long bytes, long nodes) {

    /** Depth of subgraphs within subgraphs. Protocol Buffers stop at 33. */
    static final int NESTING = 16;

    /** Inputs, and outputs, of a graph. */
    static final int FIELDS = 256;

    /** Bytes of a name. */
    static final int NAME = 1024;

    /** What is allowed unless configured otherwise: all that fits a file of Protocol Buffers. */
    public static final ModelBounds DEFAULT = new ModelBounds(Integer.MAX_VALUE, 100_000);

    public ModelBounds {
        if (bytes < 1 || nodes < 1) {
            throw new IllegalArgumentException(
                    "a model needs at least a byte and a node, not %d and %d".formatted(bytes, nodes));
        }
    }
}
