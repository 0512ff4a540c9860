package io.fieldserve.wire;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * A service whose clients may have two requests in flight, and twelve within some minutes, have 10 s to read an answer,
 * and may nest JSON 16 deep. It trusts the address that a proxy tells, so that tests can be clients of their own.
 */
public final class LimitedClients implements QuarkusTestProfile {
    /** Requests that a client may have answered at once. */
    public static final int BURST = 12;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "fieldserve.limits.client.requests", "2",
                "fieldserve.limits.client.rate", "0.01",
                "fieldserve.limits.client.burst", Integer.toString(BURST),
                "fieldserve.limits.body-time", "10s",
                "fieldserve.limits.json-depth", "16",
                "quarkus.http.proxy.proxy-address-forwarding", "true");
    }
}
