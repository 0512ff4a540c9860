package io.fieldserve.openinference.rest;

import static io.fieldserve.openinference.rest.InferExchange.BURGERS;
import static io.fieldserve.openinference.rest.InferExchange.WAVE;
import static io.fieldserve.openinference.rest.InferExchange.answer;
import static io.fieldserve.openinference.rest.InferExchange.error;
import static io.fieldserve.openinference.rest.InferExchange.join;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.Wire;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body is the same body however it comes, and is refused for its size before it has come. */
@QuarkusTest
class ArrivalTest extends ServiceTest {

    private static final byte[] HEAD =
            InferExchange.binaryRequest("[64]", "FP32", 256).getBytes(UTF_8);
    private static final byte[] BODY = join(HEAD, InferExchange.bytes(WAVE));

    @Test
    void comesInChunks() {
        // When
        HttpResponse<byte[]> json = send(request(BURGERS)
                .POST(BodyPublishers.ofInputStream(() ->
                        new ByteArrayInputStream(InferExchange.jsonRequest(WAVE).getBytes(UTF_8)))));
        HttpResponse<byte[]> binary = chunked(BODY);

        // Then
        assertThat(answer(json).json()).isEqualTo(answer(binary).json());
    }

    @ParameterizedTest
    @CsvSource({"1, more", "-1, 255 bytes", "-256, 0 bytes"})
    void isMeasuredInChunksToo(int surplus, String got) {
        // When
        HttpResponse<byte[]> response = chunked(Arrays.copyOf(BODY, BODY.length + surplus));

        // Then
        assertThat(error(response, 400)).contains("got " + got);
    }

    @Test
    void comesOnceItHasBeenAskedFor() throws IOException {
        // Given
        try (Wire wire = new Wire()) {
            wire.send(head(BURGERS, "Content-Length: " + BODY.length, "Expect: 100-continue"));
            String interim = wire.interim();

            // When
            wire.send(BODY);

            // Then
            assertThat(interim).isEqualTo("HTTP/1.1 100 Continue");
            assertAnswered(wire.reply());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BURGERS, BURGERS + "/"})
    void comesByteByByte(String path) throws IOException {
        // Given
        try (Wire wire = new Wire()) {
            wire.send(head(path, "Content-Length: " + BODY.length));

            // When
            for (byte single : BODY) {
                wire.send(new byte[] {single});
            }

            // Then
            assertAnswered(wire.reply());
        }
    }

    @Test
    void isFollowedByAnotherRequest() throws IOException {
        // Given
        try (Wire wire = new Wire()) {

            // When: a refused one and two good ones, before any is answered
            wire.send(head("/v2/models/stokes/infer", "Content-Length: " + BODY.length));
            wire.send(BODY);
            for (int i = 0; i < 2; i++) {
                wire.send(head(BURGERS, "Content-Length: " + BODY.length));
                wire.send(BODY);
            }

            // Then
            assertThat(wire.reply().status()).isEqualTo(404);
            assertAnswered(wire.reply());
            assertAnswered(wire.reply());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Expect: 100-continue"})
    void isRefusedForItsSizeBeforeItComes(String header) throws IOException {
        // Given: 64 MiB are allowed
        try (Wire wire = new Wire()) {

            // When
            wire.send(head(BURGERS, "Content-Length: 67108865", header));

            // Then
            Wire.Reply reply = wire.reply();
            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.headers()).containsEntry("content-type", "application/json");
            assertThat(InferExchange.parse(reply.body().array()).get("error").asText())
                    .contains("67108864 bytes", "67108865 bytes");
        }
    }

    @Test
    void isRefusedForItsSizeWhileItComes() {
        // When: nobody said how long it is
        HttpResponse<byte[]> response = send(
                request(BURGERS).POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(spaces(65 << 20)))));

        // Then
        assertThat(error(response, 413)).contains("67108864 bytes");
    }

    private static byte[] spaces(int count) {
        byte[] spaces = new byte[count];
        Arrays.fill(spaces, (byte) ' ');
        return spaces;
    }

    private static HttpResponse<byte[]> chunked(byte[] body) {
        return send(request(BURGERS)
                .header(InferExchange.JSON_LENGTH, Integer.toString(HEAD.length))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    private static byte[] head(String path, String... headers) {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        head.append(InferExchange.JSON_LENGTH + ": " + HEAD.length + "\r\n");
        for (String header : headers) {
            head.append(header.isEmpty() ? "" : header + "\r\n");
        }
        return head.append("\r\n").toString().getBytes(US_ASCII);
    }

    private static void assertAnswered(Wire.Reply reply) {
        JsonNode expected = answer(InferExchange.infer(BURGERS, InferExchange.jsonRequest(WAVE)))
                .json();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(InferExchange.parse(reply.body().array())).isEqualTo(expected);
    }
}
