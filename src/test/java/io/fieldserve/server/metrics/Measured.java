package io.fieldserve.server.metrics;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service that takes on two requests at a time, and whose callers may load and unload. */
public final class Measured implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("fieldserve.limits.requests", "2", "fieldserve.repository.control", "true");
    }
}
