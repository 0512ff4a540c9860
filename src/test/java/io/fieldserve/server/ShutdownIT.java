package io.fieldserve.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged service says when it is told to stop. */
class ShutdownIT {

    private static final String PREDICT = "/v1/surrogates/burgers-fno/predict";

    private ServiceProcess service;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        service = new ServiceProcess(folder, "-Dquarkus.grpc.server.port=0");
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void nothingIsHeldAfterAnswersRefusalsAndACallerWhoLeft() throws Exception {
        // Given
        byte[] input = service.ask(service.request("/v1/surrogates/burgers-fno/example?seed=1"))
                .body();
        service.ask(predict(input));
        service.ask(predict("{}".getBytes(StandardCharsets.UTF_8)));
        leaveHalfway(input);

        // When
        service.terminate();
        service.awaitEnd();

        // Then
        assertThat(service.log()).contains("Stopped; still held: requests=0 request-bytes=0 slabs=0 slab-bytes=0");
    }

    private HttpRequest.Builder predict(byte[] body) {
        return service.request(PREDICT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
    }

    /** Sends the head of a request and half of its body, and closes the connection. */
    private void leaveHalfway(byte[] body) {
        List<String> head = List.of(
                "POST " + PREDICT + " HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: " + body.length,
                "",
                "");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream().write(String.join("\r\n", head).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body, 0, body.length / 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
