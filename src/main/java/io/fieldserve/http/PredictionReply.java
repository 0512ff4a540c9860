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

    static PredictionReply of(Prediction prediction, ArrayForm form) {
        Map<String, FieldReply> outputs = new LinkedHashMap<>();
        for (FieldPrediction field : prediction.fields()) {
            outputs.put(field.field().name(), FieldReply.of(prediction, field, form));
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

            @Schema(
                    description = "The same arrays as lists of numbers in C order, in place of the nested ones, where"
                            + " arrays=flat asks for them.")
            FlatArrays flat,

            IntervalStatement interval) {

        static FieldReply of(Prediction prediction, FieldPrediction predicted, ArrayForm form) {
            Map<Quantity, NumberArray> arrays = predicted.arrays().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            entry -> form.show(entry.getValue(), prediction.shown(predicted, entry.getKey()))));
            Map<Quantity, NumberArray> nested = form == ArrayForm.NESTED ? arrays : Map.of();
            Field field = predicted.field();
            Shape shape = shape(prediction, predicted);
            return new FieldReply(
                    field.unit().orElse(null),
                    field.dtype().wireName(),
                    prediction.layout().axes(field),
                    Arrays.stream(shape.dims()).boxed().toList(),
                    nested.get(Quantity.MEAN),
                    nested.get(Quantity.STD),
                    nested.get(Quantity.LOWER),
                    nested.get(Quantity.UPPER),
                    nested.get(Quantity.MEMBERS),
                    form == ArrayForm.FLAT ? FlatArrays.of(arrays) : null,
                    predicted.interval().orElse(null));
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

    /** The quantities of one output field, each a list of numbers. */
    @Schema(name = "FlatArrays")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FlatArrays(NumberArray mean, NumberArray std, NumberArray lower, NumberArray upper, NumberArray members) {

        static FlatArrays of(Map<Quantity, NumberArray> arrays) {
            return new FlatArrays(
                    arrays.get(Quantity.MEAN),
                    arrays.get(Quantity.STD),
                    arrays.get(Quantity.LOWER),
                    arrays.get(Quantity.UPPER),
                    arrays.get(Quantity.MEMBERS));
        }
    }
}
