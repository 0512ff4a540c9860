package io.fieldserve.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service that takes on one request at a time. */
public final class OneRequest implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("fieldserve.limits.requests", "1");
    }
}
