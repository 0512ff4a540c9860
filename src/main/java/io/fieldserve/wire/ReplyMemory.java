package io.fieldserve.wire;

import io.fieldserve.prediction.Scope;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a reply holds until its last byte has been handed to the socket: memory and the request's place. Released exactly
 * once: when it has been sent or sending it has failed, or when the connection ends before sending has begun. While it
 * is being sent only the sender may release it, as the socket reads from its memory.
 */
public final class ReplyMemory {

    private enum State {
        HELD,
        SENDING,
        RELEASED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);
    private final Scope owned;

    public ReplyMemory(Scope owned, RoutingContext context) {
        this.owned = owned;
        context.addEndHandler(ended -> release(State.HELD));
        if (context.response().closed()) {
            release(State.HELD);
        }
    }

    /** Begins to send; false if there is nobody to send to any more. */
    boolean send() {
        return state.compareAndSet(State.HELD, State.SENDING);
    }

    /** Ends what {@link #send} began, however it went. */
    void sent() {
        release(State.SENDING);
    }

    private void release(State from) {
        if (state.compareAndSet(from, State.RELEASED)) {
            owned.close();
        }
    }
}
