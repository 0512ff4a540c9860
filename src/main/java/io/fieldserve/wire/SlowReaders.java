package io.fieldserve.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** Cuts off callers that hold on to a reply's memory by not reading it. */
final class SlowReaders {

    /** What a connection takes in whether the caller reads or not; then the idle time of the connection bounds it. */
    private static final long SMALL = 1L << 16;

    private SlowReaders() {}

    /** Closes the connection unless {@code sent} completes in time. */
    static void cutOff(RoutingContext context, Future<Void> sent, long bytes, Duration time) {
        if (bytes <= SMALL) {
            return;
        }
        Vertx vertx = context.vertx();
        long timer = vertx.setTimer(
                time.toMillis(), late -> context.request().connection().close());
        sent.onComplete(ended -> vertx.cancelTimer(timer));
    }
}
