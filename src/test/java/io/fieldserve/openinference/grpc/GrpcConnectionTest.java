package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What whoever connects is told first, in a frame of RFC 9113, section 6.5. */
@QuarkusTest
class GrpcConnectionTest extends GrpcTest {

    private static final byte SETTINGS = 4;
    private static final int MAX_CONCURRENT_STREAMS = 3;

    @Test
    void hasSoManyCallsAtOnce() throws IOException {
        // Given
        try (Socket socket = new Socket("localhost", port())) {
            OutputStream out = socket.getOutputStream();

            // When
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[] {0, 0, 0, SETTINGS, 0, 0, 0, 0, 0});

            // Then
            assertThat(settings(new DataInputStream(socket.getInputStream())))
                    .containsEntry(MAX_CONCURRENT_STREAMS, 4096);
        }
    }

    private static Map<Integer, Integer> settings(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        assertThat(in.readByte()).isEqualTo(SETTINGS);
        in.skipNBytes(5);
        Map<Integer, Integer> settings = new HashMap<>();
        for (int read = 0; read < length; read += 6) {
            settings.put(in.readUnsignedShort(), in.readInt());
        }
        return settings;
    }
}
