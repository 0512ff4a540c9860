package io.fieldserve.server.security;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service that knows callers by key, token and certificate, and lets them load and unload. */
public final class Guarded implements QuarkusTestProfile {

    private static TokenIssuer issuer;
    private static TestCertificates certificates;

    public static TokenIssuer issuer() {
        return issuer;
    }

    public static TestCertificates certificates() {
        return certificates;
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> configuration = new HashMap<>(Keys.configuration());
        configuration.put("fieldserve.repository.control", "true");
        configuration.put("fieldserve.security.certificates.pipeline", "predict");
        configuration.put("quarkus.http.test-ssl-port", "0");
        return configuration;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Surroundings.class));
    }

    /** The issuer, and the stores of certificates. */
    public static final class Surroundings implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            try {
                issuer = new TokenIssuer();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            certificates = TestCertificates.make();
            return Map.of(
                    "quarkus.oidc.auth-server-url",
                    issuer.address(),
                    "quarkus.tls.key-store.p12.path",
                    certificates.store("localhost").toString(),
                    "quarkus.tls.key-store.p12.password",
                    TestCertificates.PASSWORD,
                    "quarkus.tls.trust-store.p12.path",
                    certificates.store("trusted-callers").toString(),
                    "quarkus.tls.trust-store.p12.password",
                    TestCertificates.PASSWORD);
        }

        @Override
        public void stop() {
            issuer.close();
        }
    }
}
