package io.fieldserve.server;

import io.fieldserve.packaged.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
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
    void start(@TempDir Path folder) {
        service = ServiceProcess.of(Path.of("models/repository"), folder.resolve("log"))
                .start();
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void nothingIsHeldAfterAnswersRefusalsAndACallerWhoLeft() {
        // Given
        byte[] input = service.get("/v1/surrogates/burgers-fno/example?seed=1").body();
        predict(input);
        predict("{}".getBytes(StandardCharsets.UTF_8));
        leaveHalfway(input);

        // When
        service.terminate();
        service.awaitEnd();

        // Then
        service.assertNothingHeld();
    }

    private void predict(byte[] body) {
        service.post(PREDICT, "application/json", body);
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
