package io.fieldserve.openinference.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every address of the protocol, in every spelling, and what is said where there is nothing. */
@QuarkusTest
class PathsTest extends ServiceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2",
                "/v2/health/live",
                "/v2/health/ready",
                "/v2/models",
                "/v2/models/darcy-fno",
                "/v2/models/darcy-fno/versions/1",
                "/v2/models/darcy-fno/ready",
                "/v2/models/darcy-fno/versions/1/ready",
                "/v2/models/darcy-fno/config",
                "/v2/models/darcy-fno/versions/1/config",
                "/v2/models/stats",
                "/v2/models/darcy-fno/stats",
                "/v2/models/darcy-fno/versions/1/stats"
            })
    void answersInJsonWithAndWithoutASlashBehind(String path) {
        // When: whatever the caller says to accept
        HttpResponse<byte[]> plain = get(path, "*/*");
        HttpResponse<byte[]> slashed = get(path + "/", "text/html");

        // Then
        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(plain.headers().firstValue("Content-Type")).hasValue(JSON);
        assertThat(json(plain)).isNotEmpty();
        assertThat(slashed.statusCode()).isEqualTo(200);
        assertThat(json(slashed)).isEqualTo(json(plain));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/models/burgers-fno/infer",
                "/v2/models/burgers-fno/infer/",
                "/v2/models/burgers-fno/versions/1/infer",
                "/v2/models/burgers-fno/versions/1/infer/",
                "/v2/models/burgers-fno/inf%65r",
                "/v2/models/burgers-fno/infer;session=1",
                "/v2/models/burgers-fno/infer?session=1"
            })
    void infers(String path) {
        // When
        HttpResponse<byte[]> response = InferExchange.infer(path, InferExchange.jsonRequest(InferExchange.WAVE));

        // Then
        assertThat(InferExchange.answer(response).outputs()).containsOnlyKeys("final_velocity", "final_velocity.std");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/repository/index", "/v2/repository/index/"})
    void listsTheRepository(String path) {
        // When
        HttpResponse<byte[]> response = post(path, JSON, JSON, new byte[0]);

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).isArray()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /v2",
        "DELETE, /v2/health/live",
        "POST,   /v2/health/ready",
        "POST,   /v2/models",
        "POST,   /v2/models/darcy-fno",
        "PUT,    /v2/models/darcy-fno/versions/1",
        "POST,   /v2/models/darcy-fno/ready",
        "POST,   /v2/models/darcy-fno/versions/1/ready",
        "POST,   /v2/models/darcy-fno/config",
        "POST,   /v2/models/stats",
        "POST,   /v2/models/darcy-fno/stats",
        "GET,    /v2/models/darcy-fno/infer",
        "PUT,    /v2/models/darcy-fno/infer",
        "DELETE, /v2/models/darcy-fno/versions/1/infer",
        "GET,    /v2/repository/index"
    })
    void refusesTheWrongVerb(String verb, String path) {
        // When
        HttpResponse<byte[]> response = send(request(path).method(verb, BodyPublishers.noBody()));

        // Then
        assertThat(InferExchange.error(response, 405)).isEqualTo("This address does not take this method.");
        assertThat(response.headers().firstValue("Allow").orElseThrow())
                .isIn("OPTIONS, POST", "GET, HEAD, OPTIONS")
                .doesNotContain(verb);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/ready", "/config", "/stats", "/versions/1", "/versions/1/ready", "/versions/1/stats"})
    void knowsNoOtherModel(String path) {
        // When
        HttpResponse<byte[]> response = get("/v2/models/stokes-fno" + path, JSON);

        // Then
        assertThat(InferExchange.error(response, 404)).contains("'stokes-fno'", "burgers-fno, darcy-fno");
    }

    @ParameterizedTest
    @CsvSource({
        "2, ''",
        "2, /ready",
        "2, /config",
        "2, /stats",
        "0, ''",
        "01, ''",
        "v1, ''",
        "-1, ''",
        "99999999999, ''"
    })
    void knowsNoOtherVersion(String version, String path) {
        // When
        HttpResponse<byte[]> response = get("/v2/models/darcy-fno/versions/" + version + path, JSON);

        // Then
        assertThat(InferExchange.error(response, 404)).contains("'darcy-fno' has no version '" + version + "'");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "/v2/models/stokes-fno/infer,              There is no surrogate 'stokes-fno'",
                "/v2/models/burgers-fno/versions/2/infer,  Surrogate 'burgers-fno' has no version '2'"
            })
    void infersWithNoOtherModelOrVersion(String path, String message) {
        // When
        HttpResponse<byte[]> response = InferExchange.infer(path, InferExchange.jsonRequest(InferExchange.WAVE));

        // Then
        assertThat(InferExchange.error(response, 404)).startsWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /v2/elsewhere",
        "GET,  /v2/models/darcy-fno/versions",
        "GET,  /v2/models/darcy-fno/elsewhere",
        "GET,  /v2/systemsharedmemory/status",
        "POST, /v2/cudasharedmemory/unregister",
        "GET,  /v2/trace/setting",
        "POST, /v2/models/darcy-fno/generate"
    })
    void saysSoWhereThereIsNothing(String verb, String path) {
        // When
        HttpResponse<byte[]> response =
                send(request(path).method(verb, BodyPublishers.ofByteArray("{}".getBytes(StandardCharsets.UTF_8))));

        // Then
        assertThat(InferExchange.error(response, 404)).isEqualTo("There is nothing at this address for " + verb + ".");
    }
}
