package io.fieldserve.openinference.grpc;

import io.fieldserve.server.security.Keys;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** A service whose gRPC is on the port of HTTP, and which knows callers by key. */
public final class GuardedOnePort implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> configuration = new HashMap<>(new OnePort().getConfigOverrides());
        configuration.putAll(Keys.configuration());
        return configuration;
    }
}
