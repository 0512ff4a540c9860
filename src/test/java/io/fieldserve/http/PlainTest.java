package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Graphs without a manifest, over HTTP. */
@QuarkusTest
@TestProfile(PlainRepository.class)
class PlainTest extends ServiceTest {

    private static final String DYNAMIC = "/v1/surrogates/dynamic/predict";

    @Test
    void answersNpyInNpy() {
        // Given
        Tensor field = TestArrays.filled(Shape.of(2, 3), i -> i);

        // When
        HttpResponse<byte[]> response = post(DYNAMIC, NPY, NPY, TestArrays.npy(field));

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Fieldserve-Shape")).hasValue("2,3");
        assertThat(response.headers().firstValue("Fieldserve-Trusted")).hasValue("?0");
        ByteBuffer body = ByteBuffer.wrap(response.body()).order(ByteOrder.LITTLE_ENDIAN);
        float[] numbers = new float[6];
        body.position(body.limit() - numbers.length * Float.BYTES);
        body.asFloatBuffer().get(numbers);
        assertThat(numbers).containsExactly(1, 3, 5, 7, 9, 11);
    }

    @Test
    void answersJsonUnderTheNamesOfTheGraph() throws IOException {
        // When
        HttpResponse<byte[]> response =
                post(DYNAMIC, JSON, JSON, json("{\"inputs\": {\"input.1\": [[[0, 1]], [[2, 3]]]}}"));

        // Then
        assertThat(json(response)).isEqualTo(new ObjectMapper().readTree("""
                        {
                          "surrogate": "dynamic", "version": 1,
                          "outputs": {
                            "x:0": {
                              "dtype": "float32", "axes": ["batch", "H", "W"], "shape": [2, 1, 2],
                              "mean": [[[1.0, 3.0]], [[5.0, 7.0]]]
                            }
                          },
                          "trust": {"cases": [
                            {"trusted": false, "reasons": ["%1$s"], "spread": {"x:0": {"score": null, "p_value": null}}},
                            {"trusted": false, "reasons": ["%1$s"], "spread": {"x:0": {"score": null, "p_value": null}}}
                          ]}
                        }
                        """.formatted(
                                "the model came without a manifest: nothing is known of its training or calibration, and a single"
                                        + " member has no spread")));
    }

    @Test
    void showsTheGridAndChannelsThatComeOut() throws IOException {
        // Given
        byte[] npz = TestArrays.npz("a", TestArrays.filled(Shape.of(4, 4), i -> i));

        // When
        HttpResponse<byte[]> response = post("/v1/surrogates/downsamples/predict", NPZ, NPZ, npz);

        // Then
        Map<String, Tensor> arrays = TestArrays.readNpz(response.body(), List.of("mean"));
        Tensor mean = arrays.get("mean");
        float[] numbers = new float[8];
        mean.floats().get(numbers);
        assertThat(mean.shape()).isEqualTo(Shape.of(2, 2, 2));
        assertThat(numbers).containsExactly(0, 2, 8, 10, 0, -2, -8, -10);
    }

    @Test
    void refusesABatchThatTheGraphDoesNotTake() {
        // Given
        byte[] two = TestArrays.npy(TestArrays.filled(Shape.of(2, 2, 2), i -> i));

        // When
        HttpResponse<byte[]> response = post("/v1/surrogates/fixed/predict", NPY, NPY, two);

        // Then
        JsonNode problem = problem(response, 422);
        assertThat(problem.get("expected").asText()).isEqualTo("a batch of 1, the only one that the graph takes");
        assertThat(problem.get("actual").asText()).isEqualTo("shape [2, 2, 2]");
    }

    @Test
    void describesWhatTheGraphSaysAndLeavesOutTheRest() throws IOException {
        // When
        HttpResponse<byte[]> response = get("/v1/surrogates/dynamic", JSON);

        // Then
        JsonNode manifest = json(response).get("manifest");
        assertThat(manifest.fieldNames())
                .toIterable()
                .containsExactly("name", "version", "title", "description", "inputs", "outputs", "ensemble");
        assertThat(manifest.get("inputs")).isEqualTo(new ObjectMapper().readTree("""
                        [{
                          "name": "input.1", "axes": ["H", "W"], "channels": 1, "dtype": "float32", "finite": false,
                          "shape": [-1, 1, -1, -1]
                        }]
                        """));
        assertThat(OpenApiTest.errors("SurrogateDescription", json(response))).isEmpty();
    }

    @Test
    void saysWhatIsNotServedAndWhy() {
        // When
        HttpResponse<byte[]> response = get("/v1/surrogates", JSON);

        // Then
        assertThat(json(response).at("/rejected/0/reason").asText())
                .isEqualTo("input 'ids' holds INT64, expected float32");
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
