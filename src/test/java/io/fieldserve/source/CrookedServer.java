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

/** A server that breaks the rules: answers every connection with these bytes, and then hangs up, or doesn't. */
final class CrookedServer implements AutoCloseable {

    enum End {
        HANGS_UP,
        RESETS,
        SAYS_NOTHING_MORE
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    CrookedServer(String head, byte[] body, End end) throws IOException {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    open.add(socket);
                    answer(socket, head, body, end);
                } catch (IOException e) {
                    // The client or the test is gone.
                }
            }
        });
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

    URI uri(String path) {
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
