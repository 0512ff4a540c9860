package io.fieldserve.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fieldserve.prediction.IntervalStatement;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.Prediction.FieldPrediction;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.prediction.Trust;
import io.fieldserve.surrogate.Field;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.NumberArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A prediction in JSON. */
@Schema(name = "Prediction")
record PredictionReply(
        @Schema(examples = "darcy-fno") String surrogate,
        @Schema(examples = "1") int version,

        @Schema(description = "One entry for each output field, by its name.")
        Map<String, FieldReply> outputs,

        Trust trust) {

    static PredictionReply of(Prediction prediction) {
        Map<String, FieldReply> outputs = new LinkedHashMap<>();
        for (FieldPrediction field : prediction.fields()) {
            outputs.put(field.field().name(), FieldReply.of(prediction, field));
        }
        return new PredictionReply(
                prediction.manifest().name(), prediction.manifest().version(), outputs, prediction.trust());
    }

    /** One output field: the quantities asked for, and what the interval promises. */
    @Schema(name = "PredictedField")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FieldReply(
            @Schema(description = "Unit of every array; 1 for dimensionless; absent where it is not known.")
            String unit,

            @Schema(examples = "float32") String dtype,

            @Schema(description = "Axes of mean, std, lower and upper; members has one more in front.")
            List<String> axes,

            List<Long> shape,
            NumberArray mean,
            NumberArray std,
            NumberArray lower,
            NumberArray upper,
            NumberArray members,
            IntervalStatement interval) {

        static FieldReply of(Prediction prediction, FieldPrediction predicted) {
            Map<Quantity, NumberArray> arrays = predicted.arrays().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> shown(prediction, predicted, entry)));
            Field field = predicted.field();
            Shape shape = shape(prediction, predicted);
            return new FieldReply(
                    field.unit().orElse(null),
                    field.dtype().wireName(),
                    prediction.layout().axes(field),
                    Arrays.stream(shape.dims()).boxed().toList(),
                    arrays.get(Quantity.MEAN),
                    arrays.get(Quantity.STD),
                    arrays.get(Quantity.LOWER),
                    arrays.get(Quantity.UPPER),
                    arrays.get(Quantity.MEMBERS),
                    predicted.interval().orElse(null));
        }

        private static NumberArray shown(
                Prediction prediction, FieldPrediction predicted, Map.Entry<Quantity, Tensor> array) {
            return new NumberArray(array.getValue(), prediction.shown(predicted, array.getKey()));
        }

        private static Shape shape(Prediction prediction, FieldPrediction predicted) {
            Map.Entry<Quantity, Tensor> any =
                    predicted.arrays().entrySet().iterator().next();
            Shape full = any.getValue().shape();
            return prediction
                    .layout()
                    .shown(predicted.field(), any.getKey() == Quantity.MEMBERS ? full.drop(0, 1) : full);
        }
    }
}
