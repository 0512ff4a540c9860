package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.fieldserve.wire.Wire;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A body is the same body however it comes. */
@QuarkusTest
class BodyArrivalTest extends ServiceTest {

    private static final byte[] BODY = TestArrays.npy(TestArrays.permeability(32, 32));

    private byte[] expected;

    @BeforeEach
    void askedTheUsualWay() {
        expected = post(PREDICT_DARCY, NPY, NPY, BODY).body();
    }

    @Test
    void afterTheServiceHasAskedForIt() throws IOException {
        // Given
        try (Wire wire = new Wire()) {
            wire.head("", NPY, NPY, "Content-Length: " + BODY.length, "Expect: 100-continue");
            String interim = wire.interim();

            // When
            wire.send(BODY);

            // Then
            assertThat(interim).isEqualTo("HTTP/1.1 100 Continue");
            assertAnswered(wire.reply());
        }
    }

    @Test
    void byteByByte() throws IOException {
        // Given
        try (Wire wire = new Wire()) {
            wire.head("", NPY, NPY, "Content-Length: " + BODY.length);

            // When
            for (byte single : BODY) {
                wire.send(new byte[] {single});
            }

            // Then
            assertAnswered(wire.reply());
        }
    }

    @Test
    void inChunksOfAByte() throws IOException {
        // Given
        try (Wire wire = new Wire()) {
            wire.head("", NPY, NPY, "Transfer-Encoding: chunked");

            // When
            for (byte single : BODY) {
                wire.send(new byte[] {'1', '\r', '\n', single, '\r', '\n'});
            }
            wire.send("0\r\n\r\n");

            // Then
            assertAnswered(wire.reply());
        }
    }

    @Test
    void withAnotherRequestBehindIt() throws IOException {
        // Given
        byte[] other = TestArrays.npy(TestArrays.permeability(48, 40));
        try (Wire wire = new Wire()) {

            // When: both are sent before either is answered
            wire.head("", NPY, NPY, "Content-Length: " + BODY.length);
            wire.send(BODY);
            wire.head("", NPY, NPY, "Content-Length: " + other.length);
            wire.send(other);
            wire.send("GET /v1/surrogates/darcy-fno HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            // Then
            List<Wire.Reply> replies = List.of(wire.reply(), wire.reply(), wire.reply());
            assertAnswered(replies.getFirst());
            assertThat(replies.get(1).status()).isEqualTo(200);
            assertThat(replies.get(1).headers()).containsEntry("fieldserve-shape", "48,40");
            assertThat(StandardCharsets.UTF_8.decode(replies.get(2).body()).toString())
                    .contains("\"darcy-fno\"");
        }
    }

    private void assertAnswered(Wire.Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("fieldserve-shape", "32,32");
        assertThat(reply.body()).isEqualTo(ByteBuffer.wrap(expected));
    }
}
