package io.fieldserve.wire;

import io.fieldserve.server.security.Keys;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** A service that limits its clients as {@link LimitedClients} has it, and knows them by their keys. */
public final class KnownClients implements QuarkusTestProfile {

    /** Of one more caller who may predict, so that tests of two protocols have callers of their own. */
    public static final String ALICE = "5f0c7a3e91d84b62a7f9c3105e8bd246c9a1f470b3e25d8897ce61f04da2b83f";

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> configuration = new HashMap<>(new LimitedClients().getConfigOverrides());
        configuration.putAll(Keys.configuration());
        configuration.put("fieldserve.security.keys.alice.sha256", Keys.sha256(ALICE));
        configuration.put("fieldserve.security.keys.alice.roles", "predict");
        return configuration;
    }
}
