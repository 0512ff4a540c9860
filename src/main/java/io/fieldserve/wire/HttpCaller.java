package io.fieldserve.wire;

import io.fieldserve.prediction.Caller;
import io.vertx.ext.web.RoutingContext;

/** The caller at the other end of an exchange, who is gone once the connection is closed before the answer. */
public record HttpCaller(RoutingContext exchange) implements Caller {

    @Override
    public void whenGone(Runnable action) {
        exchange.addEndHandler(ended -> {
            if (ended.failed()) {
                action.run();
            }
        });
        if (exchange.response().closed()) {
            action.run();
        }
    }
}
