package io.fieldserve.http;

import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.NumberArray;

/** How arrays stand in a JSON reply. */
enum ArrayForm {
    /** To the depth of their shape. */
    NESTED,
    /** Lists of numbers in C order, for callers that give every property one static type. */
    FLAT;

    /** An array of a given shape in this form. */
    NumberArray show(Tensor tensor, Shape shape) {
        return new NumberArray(
                tensor,
                switch (this) {
                    case NESTED -> shape;
                    case FLAT -> Shape.of(shape.elements());
                });
    }
}
