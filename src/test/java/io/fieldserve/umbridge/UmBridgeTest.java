package io.fieldserve.umbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** UM-Bridge 1.0 as its clients speak it; numbers are those that PyTorch computed and saved. */
@QuarkusTest
class UmBridgeTest extends ServiceTest {

    private static final Path GOLDEN = Path.of("models/repository/burgers-fno/1/golden.npz");
    private static final String FLAT = "[" + "0.5,".repeat(255) + "0.5]";

    @ParameterizedTest
    @ValueSource(strings = {"", "/umbridge"})
    void tellsItsVersionAndModels(String base) {
        // When
        JsonNode info = json(get(base + "/Info", JSON));

        // Then
        assertThat(info).hasSize(2);
        assertThat(info.get("protocolVersion").asDouble()).isEqualTo(1);
        assertThat(info.get("models").toString()).isEqualTo("[\"burgers-fno\",\"darcy-fno\"]");
    }

    @Test
    void evaluatesAndDoesNotDifferentiate() {
        // When
        JsonNode info = call("ModelInfo", "{\"name\": \"darcy-fno\"}");

        // Then
        assertThat(info.at("/support/Evaluate").asBoolean()).isTrue();
        for (String derivative : List.of("Gradient", "ApplyJacobian", "ApplyHessian")) {
            assertThat(info.at("/support/" + derivative).isBoolean()).isTrue();
            assertThat(info.at("/support/" + derivative).asBoolean()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // As trained: 64 x 64 and 256 points.
                "darcy-fno   | {}                                                      | [4096] | [4096]",
                "burgers-fno | {}                                                      | [256]  | [256]",
                "darcy-fno   | {\"grid\": [32, 48]}                                    | [1536] | [1536]",
                "burgers-fno | {\"outputs\": [\"std\", \"mean\"]}                      | [256]  | [256,256]",
                "burgers-fno | {\"outputs\": [\"members\"], \"grid\": [64]}            | [64]   | [320]",
                "burgers-fno | {\"outputs\": [\"members\"], \"members\": 2}            | [256]  | [512]"
            })
    void tellsSizes(String name, String config, String inputs, String outputs) {
        // Given
        String body = "{\"name\": \"%s\", \"config\": %s}".formatted(name, config);

        // When
        JsonNode inputSizes = call("InputSizes", body).get("inputSizes");
        JsonNode outputSizes = call("OutputSizes", body).get("outputSizes");

        // Then
        assertThat(inputSizes.toString()).isEqualTo(inputs);
        assertThat(outputSizes.toString()).isEqualTo(outputs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"burgers-fno\", \"input\": [%s], \"config\": {\"outputs\": [\"mean\", \"std\"]}}",
                // As a library writes it that sorts the keys.
                "{\"config\": {\"outputs\": [\"std\", \"mean\"], \"grid\": [256]}, \"input\": [%s], \"name\": \"burgers-fno\"}",
                "{\"unknown\": [{}], \"config\": {\"version\": 1, \"outputs\": [\"mean\", \"std\"]}, \"input\": [%s], \"name\": \"burgers-fno\"}"
            })
    void evaluatesToWhatPyTorchSaved(String body) {
        // Given the first of the golden cases
        Map<String, Tensor> golden = TestArrays.read(GOLDEN, List.of("initial_velocity", "mean", "std"));

        // When
        JsonNode output = call("Evaluate", body.formatted(list(golden.get("initial_velocity"))))
                .get("output");

        // Then
        FloatBuffer mean = golden.get("mean").floats();
        double norm = Math.sqrt(IntStream.range(0, 256)
                .mapToDouble(i -> (double) mean.get(i) * mean.get(i))
                .sum());
        assertThat(output).hasSize(2);
        assertThat(distance(output.get(0), mean)).isLessThan(1e-5 * norm);
        assertThat(distance(output.get(1), golden.get("std").floats())).isLessThan(1e-5 * norm);
    }

    @Test
    void givesTheIntervalAtTheLevelAskedFor() {
        // Given
        String body = "{\"name\": \"burgers-fno\", \"input\": [" + FLAT + "], \"config\":"
                + " {\"outputs\": [\"mean\", \"std\", \"lower\"], \"level\": %s}}";

        // When
        JsonNode narrow = call("Evaluate", body.formatted("0.9")).get("output");
        JsonNode wide = call("Evaluate", body.formatted("0.95")).get("output");

        // Then
        assertThat(narrow).hasSize(3);
        assertThat(wide.get(0)).isEqualTo(narrow.get(0));
        assertThat(wide.get(2).get(7).asDouble())
                .isLessThan(narrow.get(2).get(7).asDouble());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"stokes\"}                                        | ModelNotFound | burgers-fno, darcy-fno",
                "{\"name\": \"burgers-fno\", \"config\": {\"version\": 9}}     | ModelNotFound | no version '9'",
                "{}                                                            | ModelNotFound | no surrogate ''",
                "{\"name\": \"burgers-fno\"}                                   | InvalidInput  | got 0 lists",
                "{\"name\": \"burgers-fno\", \"input\": [[1, 2]]}              | InvalidInput  | length 256",
                "{\"name\": \"burgers-fno\", \"input\": [1, 2]}                | InvalidInput  | list of lists",
                "{\"name\": \"burgers-fno\", \"input\": [[[1]]]}               | InvalidInput  | nested at most 1 deep",
                "{\"name\": \"burgers-fno\", \"input\": [[1], [2]]}            | InvalidInput  | got 2 lists",
                "{\"name\": \"burgers-fno\", \"config\": {\"gird\": [64]}}     | InvalidInput  | grid, outputs",
                "{\"name\": \"burgers-fno\", \"config\": {\"grid\": 64}}       | InvalidInput  | a list",
                "{\"name\": \"burgers-fno\", \"config\": {\"grid\": [8, 8]}, \"input\": [[1]]}  | InvalidInput | points along [x]",
                "{\"name\": \"burgers-fno\", \"config\": {\"grid\": [-8]}, \"input\": [[1]]}    | InvalidInput | points along [x]",
                "{\"name\": \"burgers-fno\", \"config\": {\"grid\": [8]}, \"input\": [[1,2,3,4,5,6,7,8]]} | InvalidInput | 64 to 8192",
                "{\"name\": \"burgers-fno\", \"config\": {\"outputs\": [\"median\"]}}           | InvalidInput | mean, std",
                "{\"name\": \"burgers-fno\"} 1                                 | InvalidInput  | nothing after",
                "[]                                                            | InvalidInput  | a JSON object",
                "{\"name                                                       | InvalidInput  | ends too early",
                "''                                                            | InvalidInput  | empty body"
            })
    void refusesInItsOwnWords(String body, String type, String message) {
        // When
        HttpResponse<byte[]> response = post("/umbridge/Evaluate", JSON, JSON, body.getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode reply = json(response);
        assertThat(reply).hasSize(1);
        assertThat(reply.at("/error/type").asText()).isEqualTo(type);
        assertThat(reply.at("/error/message").asText()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/umbridge/Gradient", "/ApplyJacobian", "/ApplyHessian"})
    void saysThatThereAreNoDerivatives(String path) {
        // When
        HttpResponse<byte[]> response = post(path, JSON, JSON, "{}".getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/type").asText()).isEqualTo("UnsupportedFeature");
        String metrics = new String(get("/q/metrics", "text/plain").body(), StandardCharsets.UTF_8);
        assertThat(metrics).contains("fieldserve_problems_total{type=\"unsupported-feature\"");
    }

    private static JsonNode call(String name, String body) {
        HttpResponse<byte[]> response = post("/umbridge/" + name, JSON, JSON, body.getBytes(StandardCharsets.UTF_8));
        assertThat(response.statusCode())
                .as(() -> new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return json(response);
    }

    private static String list(Tensor cases) {
        return IntStream.range(0, 256)
                .mapToObj(i -> Float.toString(cases.floats().get(i)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static double distance(JsonNode served, FloatBuffer saved) {
        assertThat(served).hasSize(256);
        return Math.sqrt(IntStream.range(0, 256)
                .mapToDouble(i -> served.get(i).asDouble() - saved.get(i))
                .map(difference -> difference * difference)
                .sum());
    }
}
