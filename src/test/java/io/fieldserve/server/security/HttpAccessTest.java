package io.fieldserve.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what over HTTP, once callers have keys. */
@QuarkusTest
@TestProfile(Guarded.class)
class HttpAccessTest extends ServiceTest {

    @Inject
    AdmissionGate gate;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/page/page.js",
                "/webjars/katex/dist/katex.min.css",
                "/schema/surrogate-v1.json",
                "/q/health",
                "/q/health/live",
                "/q/health/ready",
                "/q/health/started",
                "/q/openapi",
                "/q/swagger-ui/",
                "/v2/health/live",
                "/v2/health/ready"
            })
    void probesThePageAndTheDescriptionAreForEverybody(String path) {
        // When
        HttpResponse<byte[]> answer = get(path, "*/*");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /v1/surrogates, 200, 200, 200",
        "GET,  /v1/surrogates/darcy-fno, 200, 200, 200",
        "GET,  /v1/surrogates/darcy-fno/versions/1, 200, 200, 200",
        "GET,  /v1/surrogates/darcy-fno/example, 200, 200, 200",
        "GET,  /v2, 200, 200, 200",
        "GET,  /v2/models, 200, 200, 200",
        "GET,  /v2/models/stats, 200, 200, 200",
        "GET,  /v2/models/darcy-fno, 200, 200, 200",
        "GET,  /v2/models/darcy-fno/versions/1/config, 200, 200, 200",
        "GET,  /v2/models/darcy-fno/ready, 200, 200, 200",
        "POST, /v2/repository/index, 200, 200, 200",
        "GET,  /Info, 200, 200, 200",
        "POST, /umbridge/ModelInfo, 400, 400, 400",
        "GET,  /q/metrics, 200, 200, 200",
        "POST, /v1/surrogates/darcy-fno/predict, 403, 400, 400",
        "POST, /v2/models/darcy-fno/infer, 403, 400, 400",
        "POST, /v2/models/darcy-fno/versions/1/infer, 403, 400, 400",
        "POST, /Evaluate, 403, 400, 400",
        "POST, /umbridge/Evaluate, 403, 400, 400",
        "POST, /v2/repository/models/nobody/load, 403, 403, 404",
        "POST, /v2/repository/models/nobody/unload, 403, 403, 404",
        "PUT,  /v1/surrogates/darcy-fno, 403, 403, 405",
        "GET,  /nowhere, 403, 403, 404",
        "GET,  /q/nowhere, 403, 403, 404",
    })
    void eachRoleOpensItsCalls(String method, String path, int read, int predict, int admin) {
        // When
        int stranger = status(method, path, "");
        int reader = status(method, path, Keys.READ);
        int predictor = status(method, path, Keys.PREDICT);
        int operator = status(method, path, Keys.ADMIN);

        // Then
        assertThat(stranger).isEqualTo(401);
        assertThat(reader).isEqualTo(read);
        assertThat(predictor).isEqualTo(predict);
        assertThat(operator).isEqualTo(admin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/repository/models/nobody/load/",
                "/v2/repository/models/nobody/load//",
                "//v2/repository/models/nobody/load",
                "/v2//repository/models/nobody/unload",
                "/v2/repository;a=b/models/nobody/load",
                "/v2/repository/models/nobody/load;a=b",
                "/v2/repository/models/nobody;/infer/load",
                "/%76%32/repository/models/nobody/load",
                "/v2/repository/models/nobody/%6Coad",
                "/v2/repository/models/nobody/load%2F",
                "/v2/models/../repository/models/nobody/load",
                "/v2/models/%2e%2e/repository/models/nobody/load",
                "/page/../v2/repository/models/nobody/load",
                "/page/..;/v2/repository/models/nobody/load",
                "/q/health/../../v2/repository/models/nobody/load",
                "/q/health/live/..%2f..%2fv2/repository/models/nobody/load",
                "/v2/./repository/models/nobody/load"
            })
    void noSpellingOfACallIsForThoseWithALesserRole(String path) {
        // When
        int stranger = status("POST", path, "");
        int predictor = status("POST", path, Keys.PREDICT);

        // Then
        assertThat(stranger).isEqualTo(401);
        assertThat(predictor).isEqualTo(403);
    }

    @Test
    void aKeyComesAsBearerOrInAHeaderOfItsOwn() {
        // When
        int bearer = send(request("/v2").header("Authorization", "bearer " + Keys.READ))
                .statusCode();
        int header = send(request("/v2").header("X-API-Key", Keys.READ)).statusCode();
        int basic = send(request("/v2").header("Authorization", "Basic " + Keys.READ))
                .statusCode();

        // Then
        assertThat(bearer).isEqualTo(200);
        assertThat(header).isEqualTo(200);
        assertThat(basic).isEqualTo(401);
    }

    @Test
    void aStrangerIsToldWhatItTakesInTheFormOfTheCall() {
        // When
        HttpResponse<byte[]> ours = get("/v1/surrogates", JSON);
        HttpResponse<byte[]> inference = get("/v2/models", JSON);
        HttpResponse<byte[]> umBridge = get("/umbridge/Info", JSON);

        // Then
        assertThat(problem(ours, 401).get("type").asText()).isEqualTo("urn:fieldserve:problem:unauthenticated");
        assertThat(ours.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"fieldserve\"");
        assertThat(inference.statusCode()).isEqualTo(401);
        assertThat(json(inference).get("error").asText()).contains("takes a key or a token");
        assertThat(umBridge.statusCode()).isEqualTo(401);
        assertThat(json(umBridge).at("/error/message").asText()).contains("takes a key or a token");
    }

    @Test
    void whoMayNotIsToldWhichRoleItTakes() {
        // When
        HttpResponse<byte[]> refusal =
                send(with(Keys.READ, request(PREDICT_DARCY)).POST(BodyPublishers.ofString("{}")));

        // Then
        JsonNode problem = problem(refusal, 403);
        assertThat(problem.get("type").asText()).isEqualTo("urn:fieldserve:problem:missing-role");
        assertThat(problem.get("detail").asText()).contains("'predict'");
        assertThat(refusal.headers().firstValue("WWW-Authenticate").orElse("")).contains("insufficient_scope");
    }

    @Test
    void aWrongKeyIsNotTold() {
        // When
        HttpResponse<byte[]> refusal = send(with("sesame", request("/v1/surrogates")));

        // Then
        problem(refusal, 401);
        assertThat(refusal.headers().firstValue("WWW-Authenticate").orElse("")).contains("invalid_token");
        assertThat(new String(refusal.body(), StandardCharsets.UTF_8)).doesNotContain("sesame");
    }

    @Test
    void aWrongKeyIsRefusedWhereNoneIsNeededToo() {
        // When
        HttpResponse<byte[]> refusal = send(with("sesame", request("/v2/health/live")));

        // Then
        assertThat(refusal.statusCode()).isEqualTo(401);
    }

    @Test
    void matrixParametersTakeTheHighestRole() {
        // When
        int predictor = status("POST", "/v2/models/darcy-fno;a=b/infer", Keys.PREDICT);

        // Then
        assertThat(predictor).isEqualTo(403);
    }

    @Test
    void aStrangersBodyIsNotWaitedFor() throws IOException {
        // Given
        String head = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n".formatted(PREDICT_DARCY);

        // When
        String status;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            status = new String(socket.getInputStream().readNBytes("HTTP/1.1 401".length()), StandardCharsets.US_ASCII);
        }

        // Then
        assertThat(status).isEqualTo("HTTP/1.1 401");
        assertThat(gate.requests()).isZero();
    }

    @Test
    void everyAnswerHasHeadersForBrowsers() {
        // When
        HttpResponse<byte[]> page = get("/", "text/html");
        HttpResponse<byte[]> refusal = get("/v1/surrogates", JSON);
        HttpResponse<byte[]> swagger = get("/q/swagger-ui/", "text/html");

        // Then
        assertThat(List.of(page, refusal, swagger)).allSatisfy(answer -> {
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(answer.headers().allValues("Content-Security-Policy"))
                    .singleElement()
                    .asString()
                    .contains("default-src 'none'", "frame-ancestors 'none'");
        });
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self';");
    }

    @Test
    void refusalsAreCounted() {
        // Given
        get("/v1/surrogates", JSON);

        // When
        HttpResponse<byte[]> metrics = send(with(Keys.READ, request("/q/metrics")));

        // Then
        assertThat(new String(metrics.body(), StandardCharsets.UTF_8))
                .containsPattern("fieldserve_problems_total\\{type=\"unauthenticated\".*} [1-9]");
    }

    @Test
    void aTokenOfTheIssuerGivesItsRoles() {
        // Given
        String token = Guarded.issuer().token("alice", "read", 5);

        // When
        int read = send(bearer(token, "/v1/surrogates")).statusCode();
        int predict = send(bearer(token, PREDICT_DARCY).POST(BodyPublishers.ofString("{}")))
                .statusCode();

        // Then
        assertThat(read).isEqualTo(200);
        assertThat(predict).isEqualTo(403);
    }

    @Test
    void aTokenThatIsForgedOrOverIsRefused() {
        // Given
        String forged = Guarded.issuer().forged("mallory", "admin");
        String over = Guarded.issuer().token("alice", "read", -5);

        // When
        HttpResponse<byte[]> first = send(bearer(forged, "/v1/surrogates"));
        HttpResponse<byte[]> second = send(bearer(over, "/v1/surrogates"));

        // Then
        problem(first, 401);
        problem(second, 401);
    }

    private static int status(String method, String path, String key) {
        HttpRequest.Builder request = request(path)
                .method(method, method.equals("POST") ? BodyPublishers.ofString("{\"a\"") : BodyPublishers.noBody());
        if (path.endsWith("index") || path.contains("nobody")) {
            request.method(method, BodyPublishers.ofString("{}"));
        }
        request.header("Content-Type", JSON);
        return send(key.isEmpty() ? request : with(key, request)).statusCode();
    }

    private static HttpRequest.Builder with(String key, HttpRequest.Builder request) {
        return request.header("X-API-Key", key);
    }

    private static HttpRequest.Builder bearer(String token, String path) {
        return request(path).header("Authorization", "Bearer " + token).header("Content-Type", JSON);
    }
}
