package io.fieldserve.server.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Holds every request over HTTP to the table of roles, before a byte of its body is received. */
@Singleton
final class HttpAccess implements HttpSecurityPolicy {

    private final Authentication authentication;
    private final AccessTable table;

    @Inject
    HttpAccess(Authentication authentication, AccessTable table) {
        this.authentication = authentication;
        this.table = table;
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext exchange, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
        Optional<Role> role = authentication.required() ? table.of(exchange) : Optional.empty();
        return role.map(needed -> identity.map(caller -> needed.heldBy(caller) ? CheckResult.PERMIT : CheckResult.DENY))
                .orElseGet(CheckResult::permit);
    }
}
