package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that is refused before its body has been read gets its answer, whatever its sender does. */
@QuarkusTest
class EarlyAnswerTest extends ServiceTest {

    /** More than sockets buffer: a sender that isn't read from stands still. */
    private static final int LARGE = 20 << 20;

    @ParameterizedTest
    @CsvSource({
        "/v1/surrogates/darcy-fno/predict, text/csv, 415",
        "/v1/surrogates/stokes/predict, application/x-npy, 404",
        "/v1/elsewhere, application/x-npy, 404",
        "/v1/surrogates, application/x-npy, 405"
    })
    void answersASenderThatWritesAllBeforeItReads(String path, String contentType, int status) {
        // When: this client looks for the answer when it has sent all
        int answered = post(path, contentType, JSON, new byte[LARGE]).statusCode();

        // Then
        assertThat(answered).isEqualTo(status);
    }

    @Test
    void closesTheConnectionOfASenderWithoutEnd() throws IOException {
        // Given: a chunked JSON array that goes on for as long as the service lets it
        try (Socket socket = connect()) {
            Thread.ofVirtual().start(() -> sendWithoutEnd(socket));

            // When
            String answer = readToTheEnd(socket);

            // Then: 513 points in a row are one too many
            assertThat(answer).startsWith("HTTP/1.1 413").contains("\"field\":\"permeability\"");
        }
    }

    @Test
    void judgesAnAnnouncedLengthWithoutWaitingForTheBody() throws IOException {
        // Given
        try (Socket socket = connect()) {
            send(socket, head("Content-Length: 9223372036854775807"));

            // When
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

            // Then
            assertThat(answer).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void tellsACallerThatAsksFirstNotToSend() throws IOException {
        // Given
        try (Socket socket = connect()) {
            send(socket, head("Content-Length: 100000000\r\nExpect: 100-continue"));

            // When
            String answer = readToTheEnd(socket);

            // Then
            assertThat(answer).startsWith("HTTP/1.1 413");
        }
    }

    /** A service that doesn't answer fails the test rather than holding it up. */
    private static Socket connect() throws IOException {
        Socket socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout(120_000);
        return socket;
    }

    private static String head(String header) {
        return "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n%s\r\n\r\n"
                .formatted(PREDICT_DARCY, JSON, header);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void sendWithoutEnd(Socket socket) {
        byte[] more = chunk("3,".repeat(1 << 15)).getBytes(StandardCharsets.US_ASCII);
        try {
            send(socket, head("Transfer-Encoding: chunked") + chunk("{\"inputs\":{\"permeability\":[["));
            OutputStream target = socket.getOutputStream();
            while (!socket.isClosed()) {
                target.write(more);
            }
        } catch (IOException closedByTheService) {
            // The service has heard enough.
        }
    }

    private static String chunk(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    /** Everything up to the end of the connection, however it comes. */
    private static String readToTheEnd(Socket socket) {
        StringBuilder text = new StringBuilder();
        try {
            InputStream source = socket.getInputStream();
            for (int read = source.read(); read >= 0; read = source.read()) {
                text.append((char) read);
            }
        } catch (SocketTimeoutException open) {
            throw new AssertionError("the connection was not closed after: " + text, open);
        } catch (IOException reset) {
            // Closed with bytes of ours still unread.
        }
        return text.toString();
    }
}
