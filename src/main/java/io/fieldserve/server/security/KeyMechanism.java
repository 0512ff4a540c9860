package io.fieldserve.server.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/**
 * Knows callers over HTTP by their key. Goes before the framework's own mechanisms, and leaves to them what comes as bearer
 * and is no key, if tokens are accepted, and certificates. Nothing of it waits.
 */
@Singleton
final class KeyMechanism implements HttpAuthenticationMechanism {

    /** Before OpenID Connect, which refuses what is no token. */
    private static final int PRIORITY = 2000;

    private final Authentication authentication;
    private final ApiKeys keys;
    private final Tokens tokens;
    private final HttpRefusals refusals;

    @Inject
    KeyMechanism(Authentication authentication, ApiKeys keys, Tokens tokens, HttpRefusals refusals) {
        this.authentication = authentication;
        this.keys = keys;
        this.tokens = tokens;
        this.refusals = refusals;
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext exchange, IdentityProviderManager manager) {
        if (!authentication.required()) {
            return Uni.createFrom().nullItem();
        }
        Optional<String> key = Credentials.key(exchange.request()::getHeader);
        Optional<String> presented = key.or(() -> Credentials.bearer(exchange.request()::getHeader));
        if (presented.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        Optional<SecurityIdentity> holder = keys.holder(presented.get());
        if (holder.isPresent()) {
            return Uni.createFrom().item(holder.get());
        }
        return key.isEmpty() && tokens.accepted()
                ? Uni.createFrom().nullItem()
                : Uni.createFrom().failure(new AuthenticationFailedException());
    }

    /** Answers a stranger. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext exchange) {
        refusals.refuse(exchange);
        return Uni.createFrom().item(true);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext exchange) {
        return Uni.createFrom().item(new ChallengeData(401, HttpRefusals.CHALLENGE_HEADER, HttpRefusals.CHALLENGE));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext exchange) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "key"));
    }
}
