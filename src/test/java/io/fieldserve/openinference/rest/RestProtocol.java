package io.fieldserve.openinference.rest;

import io.fieldserve.openinference.InferCase;
import io.fieldserve.openinference.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The Open Inference Protocol over REST, in one of its ways to send and receive tensors. */
public final class RestProtocol implements Protocol {

    private final boolean binaryInput;
    private final boolean binaryByDefault;
    private final Predicate<String> binaryOutput;

    private RestProtocol(boolean binaryInput, boolean binaryByDefault, Predicate<String> binaryOutput) {
        this.binaryInput = binaryInput;
        this.binaryByDefault = binaryByDefault;
        this.binaryOutput = binaryOutput;
    }

    /** JSON both ways. */
    public static Protocol json() {
        return new RestProtocol(false, false, output -> false);
    }

    /** The binary tensor extension both ways. */
    public static Protocol binary() {
        return new RestProtocol(true, true, output -> true);
    }

    /** JSON there; back, some outputs in either, against the default for those that are named. */
    public static Protocol mixed() {
        return new RestProtocol(false, true, output -> output.endsWith("r") || output.endsWith("d"));
    }

    @Override
    public Map<String, float[]> send(InferCase request) {
        String path = "/v2/models/" + request.model() + "/infer";
        byte[] tensor = InferExchange.bytes(request.values());
        String json = json(request, tensor.length);
        return InferExchange.answer(
                        binaryInput ? InferExchange.infer(path, json, tensor) : InferExchange.infer(path, json))
                .outputs();
    }

    private String json(InferCase request, int bytes) {
        String data = binaryInput
                ? "\"parameters\": {\"binary_data_size\": " + bytes + "}"
                : "\"data\": " + Arrays.toString(request.values());
        String input = "{\"name\": \"%s\", \"datatype\": \"FP32\", \"shape\": %s, %s}"
                .formatted(request.input(), request.shape(), data);
        List<String> parameters = new ArrayList<>();
        parameters.add("\"binary_data_output\": " + binaryByDefault);
        request.parameters()
                .forEach((name, value) -> parameters.add(
                        "\"%s\": %s".formatted(name, value instanceof String ? "\"" + value + "\"" : value)));
        return "{\"parameters\": {%s}, \"inputs\": [%s]%s}"
                .formatted(String.join(", ", parameters), input, outputs(request));
    }

    private String outputs(InferCase request) {
        return request.outputs().isEmpty()
                ? ""
                : request.outputs().stream()
                        .map(output -> "{\"name\": \"%s\", \"parameters\": {\"binary_data\": %s}}"
                                .formatted(output, binaryOutput.test(output)))
                        .collect(Collectors.joining(", ", ", \"outputs\": [", "]"));
    }
}
