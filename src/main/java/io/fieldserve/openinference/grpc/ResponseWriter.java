package io.fieldserve.openinference.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.fieldserve.openinference.InferAnswer;
import io.fieldserve.openinference.InferAnswer.OutputTensor;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferResponse.InferOutputTensor;
import io.fieldserve.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/** Turns answers into responses, in raw contents. */
final class ResponseWriter {

    private ResponseWriter() {}

    /**
     * The response, which reads from the answer's memory.
     *
     * @param more parameters beside those of the answer
     */
    static ModelInferResponse write(InferAnswer answer, Map<String, Object> more) {
        ModelInferResponse.Builder response = ModelInferResponse.newBuilder()
                .setModelName(answer.model())
                .setModelVersion(answer.version())
                .setId(answer.id().orElse(""))
                .putAllParameters(ParameterMessages.write(answer.parameters()))
                .putAllParameters(ParameterMessages.write(more));
        for (OutputTensor output : answer.outputs()) {
            response.addOutputs(description(output)).addRawOutputContents(bytes(output.tensor()));
        }
        return response.build();
    }

    private static InferOutputTensor description(OutputTensor output) {
        InferOutputTensor.Builder description = InferOutputTensor.newBuilder()
                .setName(output.name())
                .setDatatype(output.datatype())
                .putAllParameters(ParameterMessages.write(output.parameters()));
        Arrays.stream(output.shown().dims()).forEach(description::addShape);
        return description.build();
    }

    private static ByteString bytes(Tensor tensor) {
        return UnsafeByteOperations.unsafeWrap(tensor.bytes().asReadOnlyBuffer());
    }
}
