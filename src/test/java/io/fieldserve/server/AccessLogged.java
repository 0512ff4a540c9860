package io.fieldserve.server;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service that logs each request. */
public final class AccessLogged implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.http.access-log.enabled", "true");
    }
}
