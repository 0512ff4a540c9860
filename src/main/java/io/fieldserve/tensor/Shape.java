package io.fieldserve.tensor;

import java.util.Arrays;

/**
 * The dimensions of an array, slowest first. Immutable. No dimension is negative, and the number of elements fits in
 * 63 bits, so {@link #elements()} is always exact. A shape of rank zero describes a single number.
 */
public final class Shape {
    private final long[] dims;
    private final long elements;

    private Shape(long[] dims) {
        this.dims = dims;
        this.elements = countElements(dims);
    }

    /**
     * A shape of the given dimensions.
     *
     * @throws IllegalArgumentException if a dimension is negative
     * @throws ArithmeticException if the number of elements doesn't fit in 63 bits
     */
    public static Shape of(long... dims) {
        return new Shape(dims.clone());
    }

    public int rank() {
        return dims.length;
    }

    public long dim(int index) {
        return dims[index];
    }

    public long elements() {
        return elements;
    }

    /** The dimensions, in an array that the caller may change. */
    public long[] dims() {
        return dims.clone();
    }

    /** This shape with further dimensions before its own. */
    public Shape prepend(long... leading) {
        long[] joined = Arrays.copyOf(leading, leading.length + dims.length);
        System.arraycopy(dims, 0, joined, leading.length, dims.length);
        return new Shape(joined);
    }

    /** This shape without the dimensions from {@code from}, inclusive, to {@code to}, exclusive. */
    public Shape drop(int from, int to) {
        if (from < 0 || to < from || to > dims.length) {
            throw new IndexOutOfBoundsException("Cannot drop dimensions " + from + " to " + to + " of " + this);
        }
        long[] kept = new long[dims.length - (to - from)];
        System.arraycopy(dims, 0, kept, 0, from);
        System.arraycopy(dims, to, kept, from, dims.length - to);
        return new Shape(kept);
    }

    /** This shape with one dimension replaced. */
    public Shape withDim(int index, long size) {
        long[] changed = dims.clone();
        changed[index] = size;
        return new Shape(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** The dimensions as {@code [2, 1, 64, 64]}. */
    @Override
    public String toString() {
        return Arrays.toString(dims);
    }

    private static long countElements(long[] dims) {
        boolean empty = false;
        for (long dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException("Negative dimension in " + Arrays.toString(dims));
            }
            empty |= dim == 0;
        }
        if (empty) {
            return 0;
        }
        long count = 1;
        for (long dim : dims) {
            count = Math.multiplyExact(count, dim);
        }
        return count;
    }
}
