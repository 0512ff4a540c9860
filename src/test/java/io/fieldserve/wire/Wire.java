package io.fieldserve.wire;

import io.restassured.RestAssured;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection to the service, byte for byte, for callers who do what no client library would. */
public final class Wire implements AutoCloseable {

    private final Socket socket = new Socket();
    private final InputStream source;

    /** Connects with room for few bytes of an answer, so that a large one waits for whoever reads it. */
    public Wire() throws IOException {
        socket.setReceiveBufferSize(4096);
        socket.setTcpNoDelay(true);
        // A service that doesn't answer fails the test rather than holding it up.
        socket.setSoTimeout(120_000);
        socket.connect(new InetSocketAddress("localhost", RestAssured.port));
        source = new BufferedInputStream(socket.getInputStream());
    }

    /** What came back: header names in lower case. */
    public record Reply(int status, Map<String, String> headers, ByteBuffer body) {}

    /** Sends the head of a prediction. */
    public void head(String query, String contentType, String accept, String... headers) throws IOException {
        send("POST %s%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nAccept: %s\r\n"
                .formatted(ServiceTest.PREDICT_DARCY, query, contentType, accept));
        for (String header : headers) {
            send(header + "\r\n");
        }
        send("\r\n");
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.US_ASCII));
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** A status line, such as {@code HTTP/1.1 100 Continue}, and the empty line behind it. */
    public String interim() throws IOException {
        String status = line();
        line();
        return status;
    }

    /** A whole answer. */
    public Reply reply() throws IOException {
        int status = Integer.parseInt(line().substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = headers.containsKey("content-length")
                ? source.readNBytes(Integer.parseInt(headers.get("content-length")))
                : chunks();
        return new Reply(status, headers, ByteBuffer.wrap(body));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = chunkLength(); length > 0; length = chunkLength()) {
            body.write(source.readNBytes(length));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkLength() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    public String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = source.read(); read != '\n'; read = source.read()) {
            if (read < 0) {
                throw new AssertionError("the connection ended after: " + line);
            }
            line.append((char) read);
        }
        return line.toString().strip();
    }

    /** Reads that many bytes and forgets them. */
    public void skip(int bytes) throws IOException {
        source.skipNBytes(bytes);
    }

    /** Goes away without a word. */
    @Override
    public void close() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
