package io.fieldserve.server.connections;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection when the head of its first request has not come in time, or that of a later one in the time that a
 * connection may be idle.
 */
final class HeadDeadline extends ChannelInboundHandlerAdapter {

    private final Duration first;
    private final Duration later;
    private ChannelHandlerContext connection;
    private Future<?> closing;
    /** Requests that have come and are not yet answered; HTTP/2 has several at a time. */
    private int requests;

    HeadDeadline(Duration first, Duration later) {
        this.first = first;
        this.later = later;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        connection = context;
        closeAfter(first);
    }

    /** A request's head has come. May be called on any thread. */
    void began() {
        connection.executor().execute(() -> {
            requests++;
            closing.cancel(false);
        });
    }

    /** A request has been answered, or its caller has gone. May be called on any thread: replies end where they are made. */
    void ended() {
        connection.executor().execute(() -> {
            requests--;
            if (requests == 0 && connection.channel().isActive()) {
                closeAfter(later);
            }
        });
    }

    private void closeAfter(Duration time) {
        closing = connection.executor().schedule(this::close, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Nobody waits for its end. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void close() {
        connection.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closing.cancel(false);
        context.fireChannelInactive();
    }
}
