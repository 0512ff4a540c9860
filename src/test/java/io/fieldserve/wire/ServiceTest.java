package io.fieldserve.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;

/** Talks to a running service over HTTP, as a caller would: in the test's own process or in the packaged one. */
public abstract class ServiceTest {

    public static final String JSON = "application/json";
    public static final String NPY = "application/x-npy";
    public static final String NPZ = "application/x-npz";
    public static final String RAW = "application/octet-stream";
    public static final String PREDICT_DARCY = "/v1/surrogates/darcy-fno/predict";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @BeforeEach
    public void surrogatesAreVerified() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .until(() -> get("/q/health/ready", JSON).statusCode() == 200);
    }

    public static HttpResponse<byte[]> get(String path, String accept) {
        return send(request(path).header("Accept", accept).GET());
    }

    public static HttpResponse<byte[]> post(String path, String contentType, String accept, byte[] body) {
        return post(path, contentType, accept, BodyPublishers.ofByteArray(body));
    }

    public static HttpResponse<byte[]> post(String path, String contentType, String accept, BodyPublisher body) {
        return send(request(path)
                .header("Content-Type", contentType)
                .header("Accept", accept)
                .POST(body));
    }

    public static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .timeout(Duration.ofMinutes(2));
    }

    public static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A failure with this status, in the form of RFC 9457. */
    public static JsonNode problem(HttpResponse<byte[]> response, int status) {
        assertThat(response.statusCode())
                .as(() -> new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("type").asText()).startsWith("urn:fieldserve:problem:");
        return problem;
    }
}
