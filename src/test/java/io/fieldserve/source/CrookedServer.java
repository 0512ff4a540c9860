package io.fieldserve.source;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that breaks the rules: answers every connection with the same bytes, and then hangs up, or doesn't. */
public final class CrookedServer implements AutoCloseable {

    /** What comes after the last byte. */
    public enum End {
        HANGS_UP,
        RESETS,
        SAYS_NOTHING_MORE
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile Answer answer;

    private interface Answer {
        void to(Socket socket) throws IOException;
    }

    public CrookedServer(String head, byte[] body, End end) throws IOException {
        answer(head, body, end);
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    open.add(socket);
                    answer.to(socket);
                } catch (IOException e) {
                    // The client or the test is gone.
                }
            }
        });
    }

    /** Answers thus from the next connection on. */
    public void answer(String head, byte[] body, End end) {
        answer = socket -> answer(socket, head, body, end);
    }

    private static void answer(Socket socket, String head, byte[] body, End end) throws IOException {
        byte[] request = new byte[4096];
        if (socket.getInputStream().read(request) < 0) {
            return;
        }
        OutputStream out = socket.getOutputStream();
        out.write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        switch (end) {
            case HANGS_UP -> socket.close();
            case RESETS -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
            case SAYS_NOTHING_MORE -> {}
        }
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
