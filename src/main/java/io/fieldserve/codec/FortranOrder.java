package io.fieldserve.codec;

import io.fieldserve.tensor.Shape;
import java.nio.FloatBuffer;

/** Arrays whose first dimension varies fastest, as Fortran and transposed numpy arrays have it. */
final class FortranOrder {
    private FortranOrder() {}

    /** Copies the elements of an array of the given shape from Fortran order into C order. */
    static void toRowMajor(FloatBuffer source, FloatBuffer target, Shape shape) {
        int rank = shape.rank();
        long[] strides = strides(shape);
        long[] index = new long[rank];
        long place = 0;
        for (long count = shape.elements(); count > 0; count--) {
            target.put(source.get((int) place));
            for (int axis = rank - 1; axis >= 0; axis--) {
                place += strides[axis];
                if (++index[axis] < shape.dim(axis)) {
                    break;
                }
                place -= strides[axis] * shape.dim(axis);
                index[axis] = 0;
            }
        }
    }

    private static long[] strides(Shape shape) {
        long[] strides = new long[shape.rank()];
        long stride = 1;
        for (int axis = 0; axis < strides.length; axis++) {
            strides[axis] = stride;
            stride *= shape.dim(axis);
        }
        return strides;
    }
}
