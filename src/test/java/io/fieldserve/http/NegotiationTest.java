package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types in, types out. */
@QuarkusTest
class NegotiationTest extends ServiceTest {

    @ParameterizedTest
    @CsvSource({
        "*/*, application/json",
        "application/x-npz, application/x-npz",
        "application/*;q=0.5, application/json",
        "'application/json;q=0.1, application/x-npy', application/x-npy",
        "'text/html, application/octet-stream;q=0.9', application/octet-stream"
    })
    void answersInTheTypeTheCallerPrefers(String accept, String contentType) {
        // When
        HttpResponse<byte[]> response =
                post(PREDICT_DARCY, NPY, accept, TestArrays.npy(TestArrays.permeability(64, 64)));

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith(contentType);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "text/html", "application/xml"})
    void refusesTypesItDoesNotWrite(String accept) {
        // When
        HttpResponse<byte[]> response =
                post(PREDICT_DARCY, NPY, accept, TestArrays.npy(TestArrays.permeability(64, 64)));

        // Then
        assertThat(problem(response, 406).get("expected").asText()).contains(JSON, NPY, NPZ, RAW);
    }

    @Test
    void refusesTypesItDoesNotRead() {
        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY, "text/csv", JSON, "3,12".getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(problem(response, 415).get("expected").asText()).contains(JSON, NPY, NPZ, RAW);
    }

    @Test
    void refusesABodyWithoutAType() {
        // When
        HttpResponse<byte[]> response =
                send(request(PREDICT_DARCY).POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(new byte[9])));

        // Then
        problem(response, 415);
    }

    @Test
    void refusesARawBodyWithoutAShape() {
        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY, RAW, RAW, new byte[64 * 64 * 4]);

        // Then
        assertThat(problem(response, 400).get("parameter").asText()).isEqualTo("shape");
    }

    @Test
    void takesTheShapeOfARawBodyFromAHeader() {
        // When
        HttpResponse<byte[]> response = send(request(PREDICT_DARCY)
                .header("Content-Type", RAW)
                .header("Accept", RAW)
                .header("Fieldserve-Shape", "64, 64")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(
                        TestArrays.raw(TestArrays.permeability(64, 64)))));

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Fieldserve-Shape")).hasValue("64,64");
        assertThat(response.body()).hasSize(64 * 64 * Float.BYTES);
    }

    @Test
    void saysInHeadersWhatJsonSaysInItsBody() {
        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY, NPY, NPY, TestArrays.npy(TestArrays.permeability(64, 64)));

        // Then
        assertThat(response.headers().firstValue("Fieldserve-Version")).hasValue("1");
        assertThat(response.headers().firstValue("Fieldserve-Trusted").orElseThrow())
                .isIn("?0", "?1");
        assertThat(response.headers().firstValue("Fieldserve-Interval").orElseThrow())
                .matches("pressure;level=0\\.9;guarantee=pointwise;coverage=0\\.\\d{4};cases=\\d+");
        assertThat(response.headers().firstValue("Server-Timing").orElseThrow())
                .matches("decode;dur=[\\d.]+, queue;dur=[\\d.]+, batch;desc=1, infer;dur=[\\d.]+, encode;dur=[\\d.]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*"})
    void takesNoWildcardForABodysType(String contentType) {
        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY, contentType, JSON, new byte[9]);

        // Then
        assertThat(problem(response, 415).get("actual").asText()).isEqualTo(contentType);
    }

    @Test
    void refusesABodyInACodingThatIsNotRead() {
        // When
        HttpResponse<byte[]> response = send(request(PREDICT_DARCY)
                .header("Content-Type", NPY)
                .header("Content-Encoding", "br")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(new byte[9])));

        // Then
        assertThat(problem(response, 415).get("actual").asText()).isEqualTo("br");
        assertThat(response.headers().firstValue("Accept-Encoding")).hasValue("gzip, deflate, identity");
    }

    @ParameterizedTest
    @CsvSource({"Accept, application/json;q=", "Content-Type, json"})
    void refusesHeadersThatCannotBeRead(String header, String value) {
        // When
        HttpResponse<byte[]> response = send(request(PREDICT_DARCY)
                .header(header, value)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(new byte[9])));

        // Then
        assertThat(problem(response, 400).get("parameter").asText()).isEqualTo(header);
    }

    @Test
    void namesTheMethodsOfAnAddress() {
        // When
        HttpResponse<byte[]> response = get(PREDICT_DARCY, JSON);

        // Then
        problem(response, 405);
        assertThat(response.headers().firstValue("Allow")).hasValue("OPTIONS, POST");
    }
}
