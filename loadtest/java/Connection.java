import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A kept-alive HTTP/1.1 connection with one request at a time. Reads the reply to its end, but keeps its head alone. */
final class Connection {

    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final byte[] END_OF_CHUNKS = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final InetSocketAddress address;
    private final ByteBuffer input = ByteBuffer.allocateDirect(1 << 18);
    private final byte[] head = new byte[1 << 14];
    private final byte[] tail = new byte[END_OF_CHUNKS.length];
    private SocketChannel channel;
    private SelectionKey key;
    private ByteBuffer output = ByteBuffer.allocate(0);
    private String headText;
    private int headLength;
    private int status;
    private boolean chunked;
    private long remaining;

    /** Nanosecond at which the request in flight was due. */
    long due;

    Connection(Selector selector, InetSocketAddress address) throws IOException {
        this.selector = selector;
        this.address = address;
        open();
    }

    private void open() throws IOException {
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Sends a request that was due at {@code due}. The connection must be idle. */
    void send(byte[] request, long due) throws IOException {
        this.due = due;
        output = ByteBuffer.wrap(request);
        write();
    }

    private void write() throws IOException {
        channel.write(output);
        key.interestOps(output.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /** Does what the socket is ready for; true when the reply is whole, or was lost: then its status is 0. */
    boolean advance() throws IOException {
        try {
            if (output.hasRemaining()) {
                write();
            }
            input.clear();
            int read = channel.read(input);
            if (read >= 0) {
                input.flip();
                return take();
            }
        } catch (IOException e) {
            // Counted as a failure below.
        }
        channel.close();
        open();
        status = 0;
        return true;
    }

    private boolean take() {
        while (headText == null && input.hasRemaining()) {
            if (headLength == head.length) {
                throw new IllegalStateException("the head of the reply is over " + head.length + " bytes");
            }
            head[headLength++] = input.get();
            if (head[headLength - 1] == '\n' && endsWith(head, headLength, END_OF_HEAD)) {
                readHead();
            }
        }
        if (headText == null) {
            return false;
        }
        if (!chunked) {
            remaining -= input.remaining();
            return remaining == 0;
        }
        int kept = Math.min(tail.length, input.remaining());
        System.arraycopy(tail, kept, tail, 0, tail.length - kept);
        input.get(input.limit() - kept, tail, tail.length - kept, kept);
        // The next request isn't sent before this reply has ended, so these bytes at the end of what came are its end.
        return Arrays.equals(tail, END_OF_CHUNKS);
    }

    private void readHead() {
        headText = new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
        status = Integer.parseInt(headText.substring(9, 12));
        Optional<String> length = header("content-length:");
        chunked = length.isEmpty();
        remaining = length.map(Long::parseLong).orElse(0L);
    }

    private static boolean endsWith(byte[] bytes, int length, byte[] end) {
        return length >= end.length && Arrays.equals(bytes, length - end.length, length, end, 0, end.length);
    }

    /** A header of the reply by its name in lower case with a colon. */
    Optional<String> header(String name) {
        for (int end = headText.indexOf("\r\n"); end >= 0; end = headText.indexOf("\r\n", end + 2)) {
            int line = end + 2;
            if (headText.regionMatches(true, line, name, 0, name.length())) {
                return Optional.of(headText.substring(line + name.length(), headText.indexOf("\r\n", line)).strip());
            }
        }
        return Optional.empty();
    }

    /** Of the reply; 0 if the connection was lost. */
    int status() {
        return status;
    }

    Optional<String> serverTiming() {
        return header("server-timing:");
    }

    /** Forgets the reply, ready for the next request. */
    void reset() {
        headText = null;
        headLength = 0;
        output = ByteBuffer.allocate(0);
        Arrays.fill(tail, (byte) 0);
    }

    void close() throws IOException {
        channel.close();
    }
}
