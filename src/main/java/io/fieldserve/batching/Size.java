package io.fieldserve.batching;

/**
 * How much one piece of work adds to a batch.
 *
 * @param items cases it brings
 * @param bytes of its input; also what its cost is estimated by
 */
public record Size(int items, long bytes) {
    static final Size NONE = new Size(0, 0);

    Size plus(Size other) {
        return new Size(items + other.items, bytes + other.bytes);
    }

    Size minus(Size other) {
        return new Size(items - other.items, bytes - other.bytes);
    }
}
