package io.fieldserve.server.security;

import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Set;

/** Who may call, under {@code fieldserve.security}. Tokens are configured under {@code quarkus.oidc}. */
public interface SecurityConfig {

    /** Whether other machines may call without authentication: to be said where something in front guards the service. */
    @WithDefault("false")
    boolean open();

    /** API keys by the name of who holds them. */
    Map<String, Key> keys();

    /** Roles of clients' certificates by their common name; TLS asks for certificates once there is one. */
    Map<String, Set<Role>> certificates();

    /** Whether metrics are for everybody, also where the rest takes a role. */
    @WithDefault("false")
    boolean openMetrics();

    /** An API key. */
    interface Key {
        /** SHA-256 of the key, in hexadecimal digits. */
        String sha256();

        /** What its holder may do: some of {@code read}, {@code predict}, {@code admin}. */
        Set<Role> roles();
    }
}
