package io.fieldserve.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection is closed for a body that doesn't come to its end, and for nothing else. */
class UnreadBodiesTest {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void keepsAConnectionWhoseBodyWasReadToItsEnd() throws IOException {
        // Given
        HttpServer server = serve(UnreadBodiesTest::answerAfterTheBody);

        // When
        boolean closed = closedAfterAnswer(server, "12345");

        // Then
        assertThat(closed).isFalse();
    }

    @Test
    void closesAConnectionWhoseBodyDoesNotCome() throws IOException {
        // Given
        HttpServer server = serve(RoutingContext::end);

        // When
        boolean closed = closedAfterAnswer(server, "123");

        // Then
        assertThat(closed).isTrue();
    }

    private HttpServer serve(Handler<RoutingContext> answer) {
        BodyLimit limit = new BodyLimit(1000, Duration.ofMinutes(1));
        Router router = Router.router(vertx);
        router.route().handler(new UnreadBodies(limit, PATIENCE)::watch).handler(answer);
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** Takes the body a piece at a time and leaves the request paused, as an input stream over it does. */
    private static void answerAfterTheBody(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.pause();
        request.handler(chunk -> request.fetch(1));
        request.endHandler(ended -> {
            request.pause();
            context.end();
        });
        request.fetch(1);
    }

    /** Sends so much of a body of five bytes, reads the answer, and waits well beyond the patience for the close. */
    private static boolean closedAfterAnswer(HttpServer server, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            String request = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.setSoTimeout((int) PATIENCE.toMillis() * 5);
            while (socket.getInputStream().read() >= 0) {
                // The answer.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
