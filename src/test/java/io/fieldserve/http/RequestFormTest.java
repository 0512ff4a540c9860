package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.Wire;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request may look like before anybody asks what it means: its line, its headers, the nesting of its JSON. */
@QuarkusTest
class RequestFormTest extends ServiceTest {

    @Test
    void refusesHeadersOver20Kilobytes() {
        // When
        HttpResponse<byte[]> response = send(
                request("/v1/surrogates").header("X-Long", "x".repeat(20 << 10)).GET());

        // Then
        assertThat(response.statusCode()).isEqualTo(431);
    }

    @Test
    void refusesAnAddressOver4096Characters() {
        // When
        HttpResponse<byte[]> response = get("/v1/surrogates?x=" + "x".repeat(4096), JSON);

        // Then
        assertThat(response.statusCode()).isEqualTo(414);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v1/surrogates/%zz", "POST /v1/surrogates/%zz/predict"})
    void refusesAnAddressThatCannotBeDecoded(String line) throws IOException {
        // Given
        try (Wire wire = new Wire()) {
            wire.send(line + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");

            // When
            Wire.Reply reply = wire.reply();

            // Then: the framework says no more
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body().remaining()).isZero();
        }
    }

    @Test
    void refusesJsonThatNestsDeeperThan100() {
        // Given a member that is not looked at
        String body = "{\"unknown\": " + "[".repeat(100) + "]".repeat(100) + "}";

        // When
        HttpResponse<byte[]> response =
                post("/v2/models/darcy-fno/infer", JSON, JSON, body.getBytes(StandardCharsets.UTF_8));

        // Then
        JsonNode error = json(response);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error.get("error").asText()).contains("nesting too deep");
    }
}
