package io.fieldserve.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.prediction.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged service says when it is told to stop. */
class ShutdownIT {

    private static final Pattern LISTENING = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");
    private static final String PREDICT = "/v1/surrogates/burgers-fno/predict";

    private final Scope owned = new Scope();
    private final HttpClient client = HttpClient.newHttpClient();
    private Process service;
    private Path log;
    private int port;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        log = folder.resolve("log");
        service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dquarkus.http.port=0",
                        "-Dquarkus.grpc.server.port=0",
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        owned.own(service::destroyForcibly);
        owned.own(client::close);
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(this::isReady);
    }

    @AfterEach
    void end() {
        owned.close();
    }

    @Test
    void nothingIsHeldAfterAnswersRefusalsAndACallerWhoLeft() throws Exception {
        // Given
        byte[] input = ask(HttpRequest.newBuilder(uri("/v1/surrogates/burgers-fno/example?seed=1")));
        ask(predict(input));
        ask(predict("{}".getBytes(StandardCharsets.UTF_8)));
        leaveHalfway(input);

        // When
        service.destroy();
        service.waitFor();

        // Then
        assertThat(Files.readString(log))
                .contains("Stopped; still held: requests=0 request-bytes=0 slabs=0 slab-bytes=0");
    }

    private boolean isReady() throws IOException {
        Matcher address = LISTENING.matcher(Files.readString(log));
        if (!address.find()) {
            return false;
        }
        port = Integer.parseInt(address.group(1));
        HttpRequest ready = HttpRequest.newBuilder(uri("/q/health/ready")).build();
        try {
            return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpRequest.Builder predict(byte[] body) {
        return HttpRequest.newBuilder(uri(PREDICT))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
    }

    private byte[] ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofByteArray()).body();
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
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(String.join("\r\n", head).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body, 0, body.length / 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
