package io.fieldserve.openinference.grpc;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service whose gRPC is on the port of HTTP. */
public final class OnePort implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.grpc.server.use-separate-server", "false");
    }
}
