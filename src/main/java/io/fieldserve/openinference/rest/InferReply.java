package io.fieldserve.openinference.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fieldserve.openinference.InferAnswer;
import io.fieldserve.openinference.InferAnswer.OutputTensor;
import io.fieldserve.tensor.Shape;
import io.fieldserve.wire.NumberArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The JSON of an answer: all of it, or what goes ahead of the tensors' bytes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record InferReply(
        String modelName,
        String modelVersion,
        String id,
        Map<String, Object> parameters,
        @JsonInclude List<Output> outputs) {

    /** One output; {@code data} is flat, and absent where it follows as bytes. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Output(
            String name,
            String datatype,
            @JsonInclude List<Long> shape,
            Map<String, Object> parameters,
            NumberArray data) {}

    static InferReply of(InferAnswer answer, Predicate<String> binary) {
        return new InferReply(
                answer.model(),
                answer.version(),
                answer.id().orElse(null),
                answer.parameters(),
                answer.outputs().stream()
                        .map(output -> output(output, binary.test(output.name())))
                        .toList());
    }

    private static Output output(OutputTensor output, boolean binary) {
        Map<String, Object> parameters = new LinkedHashMap<>(output.parameters());
        if (binary) {
            parameters.put("binary_data_size", output.tensor().bytes().remaining());
        }
        return new Output(
                output.name(),
                output.datatype(),
                Arrays.stream(output.shown().dims()).boxed().toList(),
                parameters,
                binary
                        ? null
                        : new NumberArray(
                                output.tensor(),
                                Shape.of(output.tensor().shape().elements())));
    }
}
