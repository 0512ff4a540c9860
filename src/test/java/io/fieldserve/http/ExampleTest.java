package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples are valid inputs whose reference solutions the surrogates come close to. */
@QuarkusTest
class ExampleTest extends ServiceTest {

    @ParameterizedTest
    @CsvSource({"darcy-fno, permeability, pressure, 0.04", "burgers-fno, initial_velocity, final_velocity, 0.02"})
    void predictsTheReferenceSolution(String surrogate, String input, String output, double bound) {
        // Given
        String path = "/v1/surrogates/" + surrogate;
        byte[] example = get(path + "/example?seed=5&reference=true", NPZ).body();
        String reference = "reference." + output;
        Tensor truth = TestArrays.readNpz(example, List.of(input, reference)).get(reference);
        byte[] field = get(path + "/example?seed=5", NPY).body();

        // When
        HttpResponse<byte[]> response = post(path + "/predict?outputs=mean", NPY, NPZ, field);

        // Then: the bound is above the worst held-out case, far below an untrained guess
        Tensor mean = TestArrays.readNpz(response.body(), List.of("mean")).get("mean");
        assertThat(mean.shape()).isEqualTo(truth.shape());
        assertThat(relativeDistance(mean, truth)).isLessThan(bound);
    }

    @Test
    void theJsonExampleIsABodyThatPredictTakes() {
        // Given
        HttpResponse<byte[]> example = get("/v1/surrogates/burgers-fno/example?seed=1", JSON);

        // When
        HttpResponse<byte[]> response = post("/v1/surrogates/burgers-fno/predict", JSON, JSON, example.body());

        // Then
        JsonNode field = json(response).get("outputs").get("final_velocity");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(field.get("shape").toString()).isEqualTo("[256]");
        assertThat(field.get("mean")).hasSize(256);
    }

    @Test
    void seedsPickCasesAndStartOver() {
        // Given
        String path = "/v1/surrogates/darcy-fno/example?seed=";
        int cases = json(get("/v1/surrogates/darcy-fno", JSON))
                .get("manifest")
                .get("examples")
                .get("cases")
                .asInt();
        byte[] first = get(path + 1, RAW).body();

        // When
        byte[] wrapped = get(path + (1 + cases), RAW).body();

        // Then
        assertThat(wrapped).isEqualTo(first);
        assertThat(get(path + 2, RAW).body()).isNotEqualTo(first);
        assertThat(get(path + (1 - cases), RAW).body()).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"seed=first, seed", "reference=maybe, reference", "sede=1, sede"})
    void refusesParameters(String query, String parameter) {
        // When
        HttpResponse<byte[]> response = get("/v1/surrogates/darcy-fno/example?" + query, JSON);

        // Then
        assertThat(problem(response, 400).get("parameter").asText()).isEqualTo(parameter);
    }

    private static double relativeDistance(Tensor served, Tensor truth) {
        double error = 0;
        double norm = 0;
        for (int i = 0; i < truth.floats().capacity(); i++) {
            double difference = (double) served.floats().get(i) - truth.floats().get(i);
            error += difference * difference;
            norm += (double) truth.floats().get(i) * truth.floats().get(i);
        }
        return Math.sqrt(error / norm);
    }
}
