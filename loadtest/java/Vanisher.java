import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that goes away before its exchange has ended, by closing its connection or by resetting it. */
sealed interface Vanisher {

    /** Comes, goes, and says how it went. Waits, so it is for a thread of its own. */
    String run(InetSocketAddress address);

    /** Sends the head and {@code share} of the body, and is gone {@code millis} later. */
    record MidBody(byte[] request, double share, int millis, boolean reset) implements Vanisher {

        @Override
        public String run(InetSocketAddress address) {
            int head = new String(request, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
            int length = head + (int) (share * (request.length - head));
            try (Socket socket = new Socket()) {
                socket.connect(address);
                socket.setSoLinger(reset, 0);
                socket.getOutputStream().write(request, 0, length);
                Thread.sleep(millis);
                return "gone-mid-body";
            } catch (IOException | InterruptedException e) {
                return "vanisher-failed";
            }
        }
    }

    /** Sends a request, reads the first {@code bytes} of the reply, and is gone. */
    record MidReply(byte[] request, int bytes, boolean reset) implements Vanisher {

        /** So small that the service cannot hand a large reply to the system and forget it. */
        private static final int RECEIVE_BUFFER = 4096;

        private static final int PATIENCE_MILLIS = 60_000;

        @Override
        public String run(InetSocketAddress address) {
            try (Socket socket = new Socket()) {
                socket.setReceiveBufferSize(RECEIVE_BUFFER);
                socket.connect(address);
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.setSoLinger(reset, 0);
                socket.getOutputStream().write(request);
                byte[] start = read(socket.getInputStream());
                String status = new String(start, StandardCharsets.ISO_8859_1).substring(9, 12);
                return status.equals("200") ? "gone-mid-reply" : "gone-mid-reply-of-" + status;
            } catch (IOException e) {
                return "vanisher-failed";
            }
        }

        /** At least the status line. */
        private byte[] read(InputStream reply) throws IOException {
            byte[] start = reply.readNBytes(Math.max(bytes, 12));
            if (start.length < 12) {
                throw new IOException("the service closed the connection before it answered");
            }
            return start;
        }
    }
}
