package io.fieldserve.server.connections;

import io.netty.channel.Channel;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Tells a connection's {@link HeadDeadline} of its requests. */
@Singleton
final class HeadDeadlines {

    /** Before every other filter: what comes here has a head. */
    private static final int PRIORITY = 2000;

    void register(@Observes Filters filters) {
        filters.register(HeadDeadlines::watch, PRIORITY);
    }

    private static void watch(RoutingContext exchange) {
        HeadDeadline deadline = of(exchange.request().connection());
        if (deadline != null) {
            deadline.began();
            exchange.addEndHandler(over -> deadline.ended());
        }
        exchange.next();
    }

    private static HeadDeadline of(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            Channel channel = base.channel();
            return channel.pipeline().get(HeadDeadline.class);
        }
        return null;
    }
}
