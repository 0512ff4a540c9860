package io.fieldserve.openinference.grpc;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/** A free port for gRPC, in the test's own process and in the packaged one, so that services may run beside others. */
public final class GrpcPort implements QuarkusTestResourceLifecycleManager {

    private static final String CHOSEN = "grpc.test.chosen-port";

    /** The port of the running service. */
    static int chosen() {
        return Integer.getInteger(CHOSEN);
    }

    @Override
    public Map<String, String> start() {
        try (ServerSocket socket = new ServerSocket(0)) {
            String port = Integer.toString(socket.getLocalPort());
            System.setProperty(CHOSEN, port);
            return Map.of("quarkus.grpc.server.port", port, "quarkus.grpc.server.test-port", port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        System.clearProperty(CHOSEN);
    }
}
