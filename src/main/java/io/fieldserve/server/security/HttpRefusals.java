package io.fieldserve.server.security;

import io.fieldserve.prediction.Failure;
import io.fieldserve.wire.Refusals;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Answers those who may not call over HTTP, however the framework found out, each in the form of the API it called. */
@Singleton
final class HttpRefusals {

    static final String CHALLENGE_HEADER = "WWW-Authenticate";
    static final String CHALLENGE = "Bearer realm=\"fieldserve\"";

    private final Refusals refusals;
    private final AccessTable table;

    @Inject
    HttpRefusals(Refusals refusals, AccessTable table) {
        this.refusals = refusals;
        this.table = table;
    }

    /** Before the framework's own handlers of failures. */
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::failed);
    }

    private void failed(RoutingContext exchange) {
        switch (exchange.failure()) {
            case ForbiddenException _ -> forbid(exchange);
            case OIDCException _ -> {
                exchange.response().putHeader("Retry-After", "1");
                refusals.answer(exchange, Strangers.NOT_TO_BE_TOLD);
            }
            case AuthenticationException _, UnauthorizedException _ -> refuse(exchange);
            case null, default -> exchange.next();
        }
    }

    /** Tells a stranger what it takes, or that what came is worth nothing. */
    void refuse(RoutingContext exchange) {
        boolean came = Credentials.key(exchange.request()::getHeader)
                .or(() -> Credentials.bearer(exchange.request()::getHeader))
                .isPresent();
        answer(
                exchange,
                came ? Strangers.NOT_KNOWN : Strangers.NOTHING_CAME,
                came ? CHALLENGE + ", error=\"invalid_token\"" : CHALLENGE);
    }

    private void forbid(RoutingContext exchange) {
        Role role = table.of(exchange).orElse(Role.ADMIN);
        answer(exchange, new Failure.MissingRole(role.wireName()), CHALLENGE + ", error=\"insufficient_scope\"");
    }

    private void answer(RoutingContext exchange, Failure failure, String challenge) {
        HttpServerResponse response = exchange.response();
        if (response.ended()) {
            return;
        }
        response.putHeader(CHALLENGE_HEADER, challenge);
        refusals.answer(exchange, failure);
    }
}
