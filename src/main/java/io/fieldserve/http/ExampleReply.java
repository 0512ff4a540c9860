package io.fieldserve.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fieldserve.wire.NumberArray;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An example in JSON. */
@Schema(name = "Example")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExampleReply(
        @Schema(description = "Input fields by name; a body that predict takes as it is.")
        Map<String, NumberArray> inputs,

        @Schema(description = "The reference solver's solution of each output field, where asked for.")
        Map<String, NumberArray> reference) {}
