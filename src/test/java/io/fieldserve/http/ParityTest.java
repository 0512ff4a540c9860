package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The service's mean and std are those that PyTorch computed and saved, through every format.
 *
 * <p>The mean agrees to 1e-5 of its norm. So does the std, relative to the mean's norm; relative to its own norm it
 * can't: it is what is left of members that agree in most of their 24 bits, and PyTorch itself, in single against double
 * precision, is 3e-5 off there.
 */
@QuarkusTest
class ParityTest extends ServiceTest {

    private static final double TOLERANCE = 1e-5;
    private static final double STD_TOLERANCE = 5e-4;

    static Stream<Arguments> surrogatesGridsAndFormats() {
        Path repository = Path.of("models/repository");
        Path fine = Path.of("src/test/resources/golden");
        return Stream.of(
                        Arguments.of(
                                "darcy-fno", "permeability", "pressure", repository.resolve("darcy-fno/1/golden.npz")),
                        Arguments.of("darcy-fno", "permeability", "pressure", fine.resolve("darcy-fno-fine.npz")),
                        Arguments.of(
                                "burgers-fno",
                                "initial_velocity",
                                "final_velocity",
                                repository.resolve("burgers-fno/1/golden.npz")),
                        Arguments.of(
                                "burgers-fno",
                                "initial_velocity",
                                "final_velocity",
                                fine.resolve("burgers-fno-fine.npz")))
                .flatMap(golden -> Stream.of(JSON, NPY, NPZ, RAW).map(format -> {
                    List<Object> arguments = new ArrayList<>(List.of(golden.get()));
                    arguments.add(format);
                    return Arguments.of(arguments.toArray());
                }));
    }

    @ParameterizedTest
    @MethodSource("surrogatesGridsAndFormats")
    void servesWhatPyTorchSaved(String surrogate, String input, String output, Path golden, String format) {
        // Given
        Map<String, Tensor> saved = TestArrays.read(golden, List.of(input, "mean", "std"));

        // When
        Map<String, float[]> served = predict(surrogate, input, output, saved.get(input), format);

        // Then
        FloatBuffer mean = saved.get("mean").floats();
        FloatBuffer std = saved.get("std").floats();
        double meanNorm = norm(mean);
        assertThat(distance(served.get("mean"), mean)).isLessThan(TOLERANCE * meanNorm);
        assertThat(distance(served.get("std"), std)).isLessThan(TOLERANCE * meanNorm);
        assertThat(distance(served.get("std"), std)).isLessThan(STD_TOLERANCE * norm(std));
    }

    private static Map<String, float[]> predict(
            String surrogate, String input, String output, Tensor field, String format) {
        String path = "/v1/surrogates/" + surrogate + "/predict?";
        String shape = format.equals(RAW) ? "&shape=" + ReplyHeaders.shape(field.shape()) : "";
        byte[] body = switch (format) {
            case JSON -> json(input, field);
            case NPY -> TestArrays.npy(field);
            case NPZ -> TestArrays.npz(input, field);
            default -> TestArrays.raw(field);
        };
        return switch (format) {
            case JSON -> fromJson(ok(post(path, format, format, body)), output);
            case NPZ -> fromNpz(ok(post(path + "outputs=mean,std", format, format, body)));
            default ->
                Map.of(
                        "mean", tail(ok(post(path + "outputs=mean" + shape, format, format, body)), field),
                        "std", tail(ok(post(path + "outputs=std" + shape, format, format, body)), field));
        };
    }

    private static byte[] json(String input, Tensor field) {
        StringBuilder data = new StringBuilder();
        FloatBuffer values = field.floats();
        while (values.hasRemaining()) {
            data.append(data.isEmpty() ? "" : ",").append(values.get());
        }
        return "{\"inputs\": {\"%s\": {\"shape\": %s, \"data\": [%s]}}}"
                .formatted(input, field.shape(), data)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static HttpResponse<byte[]> ok(HttpResponse<byte[]> response) {
        assertThat(response.statusCode())
                .as(() -> new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return response;
    }

    private static Map<String, float[]> fromJson(HttpResponse<byte[]> response, String output) {
        JsonNode field = json(response).get("outputs").get(output);
        return Map.of("mean", flat(field.get("mean")), "std", flat(field.get("std")));
    }

    private static float[] flat(JsonNode nested) {
        List<Float> values = new ArrayList<>();
        collect(nested, values);
        float[] flat = new float[values.size()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = values.get(i);
        }
        return flat;
    }

    private static void collect(JsonNode node, List<Float> values) {
        if (node.isArray()) {
            node.forEach(child -> collect(child, values));
        } else {
            values.add(Float.parseFloat(node.asText()));
        }
    }

    private static Map<String, float[]> fromNpz(HttpResponse<byte[]> response) {
        Map<String, float[]> arrays = new HashMap<>();
        TestArrays.readNpz(response.body(), List.of("mean", "std")).forEach((name, tensor) -> {
            float[] values = new float[(int) tensor.shape().elements()];
            tensor.floats().get(values);
            arrays.put(name, values);
        });
        return arrays;
    }

    /** The float32 values at the end of an NPY or raw body. */
    private static float[] tail(HttpResponse<byte[]> response, Tensor like) {
        float[] values = new float[(int) like.shape().elements()];
        int bytes = values.length * Float.BYTES;
        ByteBuffer.wrap(response.body(), response.body().length - bytes, bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private static double norm(FloatBuffer values) {
        return distance(new float[values.capacity()], values);
    }

    private static double distance(float[] served, FloatBuffer saved) {
        assertThat(served).hasSize(saved.capacity());
        double squares = 0;
        for (int i = 0; i < served.length; i++) {
            double difference = (double) served[i] - saved.get(i);
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }
}
