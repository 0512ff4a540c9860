package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an orchestrator asks. */
@QuarkusTest
class HealthTest extends ServiceTest {

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/ready", "/q/health/started"})
    void isUpOnceTheSurrogatesAreVerified(String path) {
        // When
        HttpResponse<byte[]> response = get(path, JSON);

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("status").asText()).isEqualTo("UP");
    }

    @Test
    void readinessNamesEveryVersionServed() {
        // When
        HttpResponse<byte[]> response = get("/q/health/ready", JSON);

        // Then
        JsonNode versions = StreamSupport.stream(json(response).get("checks").spliterator(), false)
                .filter(check -> check.get("name").asText().equals("surrogates"))
                .findFirst()
                .orElseThrow()
                .get("data");
        assertThat(versions.get("burgers-fno/1").asText()).isEqualTo("served");
        assertThat(versions.get("darcy-fno/1").asText()).isEqualTo("served");
    }
}
