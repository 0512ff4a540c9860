package io.fieldserve.http;

import io.fieldserve.wire.NumberArray;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The JSON body of a prediction, described; it is read by the codec, without passing through objects. */
@Schema(name = "PredictionInputs")
record InputsBody(
        @Schema(
                required = true,
                description = "Every input field by its name.",
                additionalProperties = InputsBody.InputArray.class,
                type = SchemaType.OBJECT)
        Map<String, InputArray> inputs) {

    /** A field's values: nested arrays, or flat with a shape. */
    @Schema(
            name = "InputArray",
            description = "Nested arrays of numbers, or an object with flat data and its shape.",
            oneOf = {NumberArray.class, ShapedArray.class})
    interface InputArray {}

    /** Values in C order with their shape. */
    @Schema(name = "ShapedArray")
    record ShapedArray(
            @Schema(required = true, examples = "[64, 64]") List<Long> shape,

            @Schema(required = true, description = "Flat in C order, or nested.")
            NumberArray data) {}
}
