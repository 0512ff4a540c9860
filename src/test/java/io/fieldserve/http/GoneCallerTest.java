package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.LogListener;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers may leave at any time: all that was held for them goes back, and nothing is logged as a fault. */
@QuarkusTest
class GoneCallerTest extends ServiceTest {
    @Inject
    SlabPool slabs;

    @Inject
    AdmissionGate gate;

    private LogListener log;

    @BeforeEach
    void listen() {
        log = LogListener.to("io.fieldserve.wire", Level.WARNING);
    }

    @AfterEach
    void listenNoMore() {
        log.close();
    }

    @Test
    void aCallerWhoLeavesInTheMiddleOfALongReplyLeavesNothingBehind() throws IOException {
        // Given 65536 points, whose four arrays take some megabytes as JSON
        byte[] body = velocities(16, 4096);

        // When
        String status = readStartAndLeave(body);
        Awaitility.await().until(() -> gate.requests() == 0);

        // Then
        assertThat(status).isEqualTo("HTTP/1.1 200");
        assertThat(gate.bytes()).isZero();
        assertThat(slabs.outstandingSlabs()).isZero();
        assertThat(log.lines()).isEmpty();
    }

    private static byte[] velocities(int cases, int points) {
        try (Tensor tensor = new SlabPool(0).allocate(DataType.FLOAT32, Shape.of(cases, points))) {
            for (int i = 0; i < cases * points; i++) {
                tensor.bytes().putFloat(i * Float.BYTES, (float) Math.sin(2 * Math.PI * i / points));
            }
            return TestArrays.npy(tensor);
        }
    }

    /** Asks with a buffer so small that most of the reply stays with the service; what the reply begins with. */
    private static String readStartAndLeave(byte[] body) throws IOException {
        String head = String.join(
                "\r\n",
                List.of(
                        "POST /v1/surrogates/burgers-fno/predict HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: " + NPY,
                        "Accept: " + JSON,
                        "Content-Length: " + body.length,
                        "",
                        ""));
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }
}
