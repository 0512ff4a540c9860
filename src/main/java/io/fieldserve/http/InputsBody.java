package io.fieldserve.http;

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

    /** A field's values. {@link OpenApiSchemas} adds that nested arrays may stand in place of the object. */
    @Schema(
            name = "InputArray",
            description = "Values with their shape. Nested arrays of numbers may stand in place of the object.")
    record InputArray(
            @Schema(examples = "[64, 64]") List<Long> shape,
            @Schema(description = "In C order.") List<Float> data) {}
}
