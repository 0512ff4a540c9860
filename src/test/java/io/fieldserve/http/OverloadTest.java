package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.fieldserve.wire.Wire;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A service that is at its limit says so at once, and when to come again. */
@QuarkusTest
@TestProfile(OneRequest.class)
class OverloadTest extends ServiceTest {

    private static final byte[] BODY = TestArrays.npy(TestArrays.permeability(64, 64));

    @Test
    void refusesOneRequestTooMany() throws IOException {
        // Given a request that was taken on, as it is asked for its body, which it keeps back
        try (Wire first = new Wire()) {
            first.head("", NPY, NPY, "Content-Length: " + BODY.length, "Expect: 100-continue");
            assertThat(first.interim()).isEqualTo("HTTP/1.1 100 Continue");

            // When
            HttpResponse<byte[]> second = post(PREDICT_DARCY, NPY, NPY, BODY);

            // Then
            JsonNode problem = problem(second, 429);
            assertThat(problem.get("type").asText()).isEqualTo("urn:fieldserve:problem:overloaded");
            assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
            first.send(BODY);
            assertThat(first.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void takesOnAnotherOnceTheFirstIsAnswered() throws IOException {
        // Given
        try (Wire first = new Wire()) {
            first.head("", NPY, NPY, "Content-Length: " + BODY.length, "Expect: 100-continue");
            assertThat(first.interim()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(post(PREDICT_DARCY, NPY, NPY, BODY).statusCode()).isEqualTo(429);

            // When
            first.send(BODY);

            // Then
            assertThat(first.reply().status()).isEqualTo(200);
            Awaitility.await().until(() -> post(PREDICT_DARCY, NPY, NPY, BODY).statusCode() == 200);
        }
    }

    @Test
    void takesOnAnotherOnceTheFirstHasGone() throws IOException {
        // Given
        Wire first = new Wire();
        first.head("", NPY, NPY, "Content-Length: " + BODY.length, "Expect: 100-continue");
        assertThat(first.interim()).isEqualTo("HTTP/1.1 100 Continue");
        assertThat(post(PREDICT_DARCY, NPY, NPY, BODY).statusCode()).isEqualTo(429);

        // When
        first.close();

        // Then
        Awaitility.await().until(() -> post(PREDICT_DARCY, NPY, NPY, BODY).statusCode() == 200);
    }
}
