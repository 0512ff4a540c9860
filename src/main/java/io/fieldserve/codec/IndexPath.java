package io.fieldserve.codec;

import io.fieldserve.tensor.Shape;
import java.util.Arrays;

/** Where an element is in an array, written as {@code [0, 3, 17]}. */
final class IndexPath {
    private IndexPath() {}

    /** The index of the element at the given place in C order (last dimension fastest). */
    static String inRowMajor(Shape shape, long place) {
        long[] index = new long[shape.rank()];
        long rest = place;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape.dim(axis);
            rest /= shape.dim(axis);
        }
        return Arrays.toString(index);
    }

    /** The index of the element at the given place in Fortran order (first dimension fastest). */
    static String inColumnMajor(Shape shape, long place) {
        long[] index = new long[shape.rank()];
        long rest = place;
        for (int axis = 0; axis < index.length; axis++) {
            index[axis] = rest % shape.dim(axis);
            rest /= shape.dim(axis);
        }
        return Arrays.toString(index);
    }

    /** The first {@code depth} of the given indices. */
    static String prefix(long[] indices, int depth) {
        return Arrays.toString(Arrays.copyOf(indices, depth));
    }
}
