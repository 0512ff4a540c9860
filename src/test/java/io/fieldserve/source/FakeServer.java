package io.fieldserve.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server on this machine that answers each path as it is told, and remembers what it was asked. */
final class FakeServer implements AutoCloseable {

    /** What a path is answered with. */
    record Reply(int status, Map<String, String> headers, ByteBuffer body) {
        static Reply of(byte[] bytes) {
            return new Reply(200, Map.of(), ByteBuffer.wrap(bytes));
        }

        static Reply of(String body) {
            return of(body.getBytes(StandardCharsets.UTF_8));
        }

        static Reply status(int status, Map<String, String> headers) {
            return new Reply(status, headers, ByteBuffer.allocate(0));
        }
    }

    private final HttpServer server;
    private final Map<String, Function<HttpExchange, Reply>> replies = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    FakeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    FakeServer on(String path, Reply reply) {
        return on(path, exchange -> reply);
    }

    FakeServer on(String path, Function<HttpExchange, Reply> reply) {
        replies.put(path, reply);
        return this;
    }

    /** What a path is answered with that doesn't depend on the request. */
    Reply reply(String path) {
        return replies.get(path).apply(null);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** The paths that were asked for, with their queries, in order. */
    List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestURI().toString());
            Reply reply = replies.getOrDefault(
                            exchange.getRequestURI().getPath(), unknown -> Reply.status(404, Map.of()))
                    .apply(exchange);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = reply.body().array();
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
