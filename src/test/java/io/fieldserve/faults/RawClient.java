package io.fieldserve.faults;

import io.fieldserve.packaged.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A connection to the service, byte for byte, for callers who do what no client library would. */
final class RawClient implements AutoCloseable {

    private static final int SMALL = 4096;
    private static final int LARGE = 1 << 20;

    private final SocketChannel channel;

    private RawClient(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects, with room for few bytes of an answer and many of a request. */
    static RawClient of(ServiceProcess service) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, LARGE);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
        channel.configureBlocking(false);
        return new RawClient(channel);
    }

    /** Head of a prediction whose body has that many bytes, and whose reply is to be in JSON. */
    static String head(String path, int bytes) {
        return "POST /v1/surrogates/%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(path, Floats.TYPE, bytes);
    }

    /** Sends what the connection takes in; false once the service has closed it. */
    boolean send(byte[] bytes) {
        try {
            channel.write(ByteBuffer.wrap(bytes));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    boolean send(String text) {
        return send(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What has come since the last call; empty where nothing has; null where the service has closed the connection. */
    String received() {
        ByteBuffer bytes = ByteBuffer.allocate(SMALL);
        try {
            int count = channel.read(bytes);
            return count < 0
                    ? null
                    : StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
        } catch (IOException e) {
            return null;
        }
    }

    /** Goes away without a word. */
    @Override
    public void close() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
