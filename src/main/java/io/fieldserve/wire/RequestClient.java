package io.fieldserve.wire;

import io.fieldserve.clients.Client;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Whose request an exchange is. */
final class RequestClient {

    private RequestClient() {}

    /** The client, by the name it was authenticated with, else by its address, or the one that a trusted proxy tells. */
    static Client of(RoutingContext exchange) {
        return Client.of(name(exchange), address(exchange.request().remoteAddress()));
    }

    private static Optional<String> name(RoutingContext exchange) {
        return exchange.user() instanceof QuarkusHttpUser user
                        && !user.getSecurityIdentity().isAnonymous()
                ? Optional.of(user.getSecurityIdentity().getPrincipal().getName())
                : Optional.empty();
    }

    private static String address(SocketAddress remote) {
        return remote.hostAddress() == null ? String.valueOf(remote.host()) : remote.hostAddress();
    }
}
