package io.fieldserve.server.connections;

import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.spi.VertxServiceProvider;

/** Found by Vert.x when it starts, as it has no bound on the time of a request's head itself. */
public final class WatchedConnections implements VertxServiceProvider {

    @Override
    public void init(VertxBuilder builder) {
        builder.findTransport(new WatchingTransport(builder.findTransport()));
    }
}
