package io.fieldserve.openinference.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldserve.wire.ServiceTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests and answers of the protocol, put together and taken apart by its text. */
final class InferExchange {

    static final String JSON_LENGTH = "Inference-Header-Content-Length";
    static final String BURGERS = "/v2/models/burgers-fno/infer";
    static final String DARCY = "/v2/models/darcy-fno/infer";

    /** An input that every Burgers model takes, sent in any way. */
    static final float[] WAVE = wave(64);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private InferExchange() {}

    /** The JSON of an answer, and its outputs by name, wherever they came. */
    record Answer(JsonNode json, Map<String, float[]> outputs) {

        JsonNode output(int index) {
            return json.get("outputs").get(index);
        }
    }

    static float[] wave(int points) {
        float[] wave = new float[points];
        for (int i = 0; i < points; i++) {
            wave[i] = (float) Math.sin(2 * Math.PI * i / points);
        }
        return wave;
    }

    /** Little-endian. */
    static byte[] bytes(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** A request for Burgers of an input whose data is in the JSON. */
    static String jsonRequest(float[] values, String... members) {
        return request("[" + values.length + "]", "FP32", "\"data\": " + Arrays.toString(values), members);
    }

    /** A request for Burgers of an input that follows as so many bytes. */
    static String binaryRequest(String shape, String datatype, int bytes, String... members) {
        return request(shape, datatype, "\"parameters\": {\"binary_data_size\": " + bytes + "}", members);
    }

    static String request(String shape, String datatype, String data, String... members) {
        String others = members.length == 0 ? "" : ", " + String.join(", ", members);
        return "{\"inputs\": [{\"name\": \"initial_velocity\", \"shape\": %s, \"datatype\": \"%s\", %s}]%s}"
                .formatted(shape, datatype, data, others);
    }

    /** Sends JSON, and behind it what tensors there are. */
    static HttpResponse<byte[]> infer(String path, String json, byte[]... tensors) {
        byte[] head = json.getBytes(StandardCharsets.UTF_8);
        return tensors.length == 0
                ? ServiceTest.post(path, ServiceTest.JSON, ServiceTest.JSON, head)
                : send(path, Integer.toString(head.length), join(head, tensors));
    }

    /** Sends a body with a header that may be wrong. */
    static HttpResponse<byte[]> send(String path, String jsonLength, byte[] body) {
        return ServiceTest.send(ServiceTest.request(path)
                .header("Content-Type", "application/octet-stream")
                .header(JSON_LENGTH, jsonLength)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    static byte[] join(byte[] head, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head);
        Arrays.stream(parts).forEach(body::writeBytes);
        return body.toByteArray();
    }

    /** A successful answer, all of whose bytes its JSON accounts for. */
    static Answer answer(HttpResponse<byte[]> response) {
        assertThat(response.statusCode())
                .as(() -> new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        boolean binary = response.headers().firstValue(JSON_LENGTH).isPresent();
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue(binary ? "application/octet-stream" : "application/json");
        byte[] body = response.body();
        int jsonLength = response.headers()
                .firstValue(JSON_LENGTH)
                .map(Integer::parseInt)
                .orElse(body.length);
        JsonNode json = parse(Arrays.copyOf(body, jsonLength));
        ByteBuffer rest = ByteBuffer.wrap(body, jsonLength, body.length - jsonLength)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        Map<String, float[]> outputs = new LinkedHashMap<>();
        json.get("outputs").forEach(output -> outputs.put(output.get("name").asText(), values(output, rest)));
        assertThat(rest.remaining()).as("surplus bytes").isZero();
        return new Answer(json, outputs);
    }

    private static float[] values(JsonNode output, ByteBuffer rest) {
        assertThat(output.get("datatype").asText()).isEqualTo("FP32");
        int elements = 1;
        for (JsonNode length : output.get("shape")) {
            elements *= length.asInt();
        }
        JsonNode size = output.path("parameters").path("binary_data_size");
        assertThat(output.has("data")).isEqualTo(size.isMissingNode());
        float[] values = new float[elements];
        if (output.has("data")) {
            assertThat(output.get("data")).as("flat data").hasSize(elements);
            for (int i = 0; i < elements; i++) {
                values[i] = Float.parseFloat(output.get("data").get(i).asText());
            }
        } else {
            assertThat(size.asInt()).isEqualTo(elements * Float.BYTES);
            for (int i = 0; i < elements; i++) {
                values[i] = rest.getFloat();
            }
        }
        return values;
    }

    static JsonNode parse(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The message of a refusal: {@code {"error": "..."}}, one sentence that tells nothing of the service's inside. */
    static String error(HttpResponse<byte[]> response, int status) {
        assertThat(response.statusCode())
                .as(() -> new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode body = parse(response.body());
        assertThat(body.fieldNames()).toIterable().containsExactly("error");
        assertThat(body.get("error").isTextual()).isTrue();
        String error = body.get("error").asText();
        assertThat(error).endsWith(".").doesNotContain("Exception", "io.fieldserve", "\tat ", "java.");
        return error;
    }
}
