package io.fieldserve.openinference.grpc;

import io.fieldserve.codec.DecodedField;
import io.fieldserve.codec.DecodedInputs;
import io.fieldserve.codec.FieldArrays;
import io.fieldserve.codec.FieldArrays.Announced;
import io.fieldserve.codec.FieldArrays.Numbers;
import io.fieldserve.codec.InputCollector;
import io.fieldserve.codec.NumberType;
import io.fieldserve.openinference.Datatype;
import io.fieldserve.openinference.InferQuery;
import io.fieldserve.openinference.InferQuery.RequestedOutput;
import io.fieldserve.openinference.grpc.proto.OpenInference.InferTensorContents;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest.InferInputTensor;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.TensorAllocator;
import java.util.List;
import java.util.Optional;

/** Reads a request: raw contents, or else those of each input. */
final class RequestReader {

    private static final int MOST_DIMENSIONS = 64;
    private static final String SHARED_MEMORY = "shared_memory_region";

    private RequestReader() {}

    /** What is asked for beside the inputs. */
    static InferQuery query(ModelInferRequest request) {
        List<RequestedOutput> outputs = request.getOutputsList().stream()
                .map(output -> new RequestedOutput(output.getName(), ParameterMessages.read(output.getParametersMap())))
                .toList();
        Optional<String> id = Optional.of(request.getId()).filter(text -> !text.isEmpty());
        return new InferQuery(id, ParameterMessages.read(request.getParametersMap()), outputs);
    }

    /** The inputs, which the caller owns. */
    static DecodedInputs inputs(ModelInferRequest request, InputContract contract, TensorAllocator allocator) {
        boolean raw = request.getRawInputContentsCount() > 0;
        if (raw && request.getRawInputContentsCount() != request.getInputsCount()) {
            throw malformed(
                    "",
                    "as many raw_input_contents as inputs, " + request.getInputsCount(),
                    Integer.toString(request.getRawInputContentsCount()));
        }
        FieldArrays arrays = new FieldArrays(contract, allocator);
        try (InputCollector collector = new InputCollector(contract)) {
            for (int index = 0; index < request.getInputsCount(); index++) {
                InferInputTensor input = request.getInputs(index);
                collector.requireNew(input.getName());
                Announced announced = announced(input);
                collector.add(raw ? raw(request, index, announced, arrays) : typed(input, announced, arrays));
            }
            return collector.complete();
        }
    }

    private static Announced announced(InferInputTensor input) {
        String name = input.getName();
        if (input.containsParameters(SHARED_MEMORY)) {
            throw malformed(name, "its contents in the request", "a region of shared memory, which is not offered");
        }
        if (input.getShapeCount() > MOST_DIMENSIONS) {
            throw malformed(name, "at most " + MOST_DIMENSIONS + " dimensions", input.getShapeCount() + " dimensions");
        }
        Datatype type = Datatype.ofInput(name, input.getDatatype());
        return new Announced(name, input.getDatatype(), type.number(), input.getShapeList());
    }

    private static DecodedField raw(ModelInferRequest request, int index, Announced announced, FieldArrays arrays) {
        if (request.getInputs(index).hasContents()) {
            throw malformed(announced.field(), "either raw_input_contents or contents", "both");
        }
        return arrays.copy(announced, request.getRawInputContents(index).asReadOnlyByteBuffer());
    }

    private static DecodedField typed(InferInputTensor input, Announced announced, FieldArrays arrays) {
        InferTensorContents contents = input.getContents();
        return switch (Datatype.ofInput(input.getName(), input.getDatatype())) {
            case INT8, INT16, INT32 ->
                copy(
                        arrays,
                        announced,
                        index -> (float) contents.getIntContents(index),
                        contents.getIntContentsCount());
            case INT64 ->
                copy(
                        arrays,
                        announced,
                        index -> (float) contents.getInt64Contents(index),
                        contents.getInt64ContentsCount());
            case UINT8, UINT16, UINT32 ->
                copy(
                        arrays,
                        announced,
                        index -> (float) Integer.toUnsignedLong(contents.getUintContents(index)),
                        contents.getUintContentsCount());
            case UINT64 ->
                copy(
                        arrays,
                        announced,
                        index -> NumberType.ofUnsigned(contents.getUint64Contents(index)),
                        contents.getUint64ContentsCount());
            case FP32 -> copy(arrays, announced, contents::getFp32Contents, contents.getFp32ContentsCount());
            case FP64 ->
                copy(
                        arrays,
                        announced,
                        index -> (float) contents.getFp64Contents(index),
                        contents.getFp64ContentsCount());
            case FP16, BF16, BOOL, BYTES ->
                throw malformed(announced.field(), input.getDatatype() + " in raw_input_contents", "none there");
        };
    }

    private static DecodedField copy(FieldArrays arrays, Announced announced, Numbers numbers, int count) {
        return arrays.copy(announced, numbers, count);
    }

    private static FailureException malformed(String field, String expected, String actual) {
        return new Failure.MalformedBody(field, expected, actual).asException();
    }
}
