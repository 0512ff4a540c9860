package io.fieldserve.openinference.rest;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service whose callers may load and unload. */
public final class ControlledRepository implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("fieldserve.repository.control", "true");
    }
}
