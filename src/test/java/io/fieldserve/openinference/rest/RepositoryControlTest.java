package io.fieldserve.openinference.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loading and unloading through the model repository extension. */
@QuarkusTest
@TestProfile(ControlledRepository.class)
class RepositoryControlTest extends ServiceTest {

    private static final String MODELS = "/v2/repository/models/";

    @AfterEach
    void loadAgain() {
        assertThat(send("darcy-fno/load", "").statusCode()).isEqualTo(200);
    }

    @Test
    void unloadsAndLoads() {
        // When
        HttpResponse<byte[]> unloaded = send("darcy-fno/unload", "{\"parameters\": {\"unload_dependents\": true}}");

        // Then
        assertThat(unloaded.statusCode()).isEqualTo(200);
        assertThat(json(unloaded)).isEmpty();
        assertThat(state("darcy-fno")).isEqualTo("UNAVAILABLE unloaded");
        assertThat(get("/v2/models/darcy-fno/ready", JSON).statusCode()).isEqualTo(404);
        assertThat(predict().statusCode()).isEqualTo(404);
        assertThat(get("/v2/health/ready", JSON).statusCode()).isEqualTo(200);

        // And back again
        assertThat(send("darcy-fno/load", "{}").statusCode()).isEqualTo(200);
        assertThat(state("darcy-fno")).isEqualTo("READY ");
        assertThat(predict().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stokes/load     |                                                       | 404",
                "stokes/unload   |                                                       | 404",
                "darcy-fno/load  | {\"parameters\": {\"config\": \"{}\"}}                | 400",
                "darcy-fno/load  | {\"parameters\": {\"file:1/model.onnx\": \"AAAA\"}}   | 400",
                "darcy-fno/load  | []                                                    | 400",
                "darcy-fno/load  | {} {}                                                 | 400"
            })
    void refusesWhatItCannotDo(String call, String body, int status) {
        // When
        HttpResponse<byte[]> response = send(call, body == null ? "" : body);

        // Then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).get("error").asText()).isNotEmpty();
    }

    private static HttpResponse<byte[]> send(String call, String body) {
        return post(MODELS + call, JSON, JSON, body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<byte[]> predict() {
        return post(PREDICT_DARCY, NPY, NPY, TestArrays.npy(TestArrays.permeability(64, 64)));
    }

    private static String state(String name) {
        for (JsonNode version : json(post("/v2/repository/index", JSON, JSON, new byte[0]))) {
            if (version.get("name").asText().equals(name)) {
                return version.get("state").asText() + " "
                        + version.get("reason").asText();
            }
        }
        return "absent";
    }
}
