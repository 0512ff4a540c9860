package io.fieldserve.server.security;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Tokens of OpenID Connect. Over HTTP the framework reads them by itself.
 *
 * @param accepted whether an issuer is configured
 */
record Tokens(boolean accepted, Supplier<TenantIdentityProvider> provider) {

    /** For keys of the issuer to be fetched, where they aren't known yet. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Verifies a token. Waits, and so is for virtual threads.
     *
     * @throws RuntimeException it is not valid, or the issuer's keys can't be had
     */
    SecurityIdentity holder(String token) {
        return provider.get()
                .authenticate(new AccessTokenCredential(token))
                .await()
                .atMost(PATIENCE);
    }
}
