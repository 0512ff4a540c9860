package io.fieldserve.openinference.grpc;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.concurrent.TimeoutException;

/**
 * Lets the service end a call whose answer has been written but not read, for which the library has no method: a call is
 * given a context of ours to begin with, and when that is cancelled as a deadline does it, the call's stream is reset.
 */
final class CallEnd extends ServerStreamTracer.Factory {
    private static final Context.Key<CancellableContext> CALL = Context.key("fieldserve-call");

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return new ServerStreamTracer() {
            private volatile CancellableContext call;

            @Override
            public Context filterContext(Context context) {
                CancellableContext ours = context.withCancellation();
                call = ours;
                return ours.withValue(CALL, ours);
            }

            @Override
            public void streamClosed(Status status) {
                CancellableContext ours = call;
                if (ours != null) {
                    ours.cancel(null);
                }
            }
        };
    }

    /** Ends the current call when it is run, without waiting for what was sent to be read. */
    static Runnable ofCurrent() {
        CancellableContext call = CALL.get();
        return call == null
                ? () -> {}
                : () -> call.cancel(new TimeoutException("the caller takes too long to read the answer"));
    }
}
