package io.fieldserve.http;

import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.surrogate.Field;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;

/** The shapes under which a prediction's arrays are shown: in the layout of the caller's own input. */
final class ShownShapes {

    private ShownShapes() {}

    static Shape of(Prediction prediction, Field field, Quantity quantity, Tensor tensor) {
        Shape full = tensor.shape();
        if (quantity != Quantity.MEMBERS) {
            return prediction.layout().shown(field, full);
        }
        return prediction.layout().shown(field, full.drop(0, 1)).prepend(full.dim(0));
    }
}
