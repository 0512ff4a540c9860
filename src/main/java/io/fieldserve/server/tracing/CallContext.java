package io.fieldserve.server.tracing;

import io.fieldserve.wire.Handover;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.opentelemetry.api.trace.Span;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.inject.spi.Prioritized;
import jakarta.inject.Singleton;

/**
 * Keeps the span of a gRPC call with the call. The framework's interceptor leaves it on the one thread that the call began
 * on; messages are read on others, and inference runs on yet another.
 */
@Singleton
@GlobalInterceptor
final class CallContext implements ServerInterceptor, Prioritized, Handover {

    private static final Context.Key<io.opentelemetry.context.Context> SPAN = Context.key("fieldserve-span");

    /** Inside all others, so that the span has begun. */
    @Override
    public int getPriority() {
        return Integer.MIN_VALUE;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!Span.current().getSpanContext().isValid()) {
            return next.startCall(call, headers);
        }
        Context kept = Context.current().withValue(SPAN, io.opentelemetry.context.Context.current());
        return Contexts.interceptCall(kept, call, headers, next);
    }

    /** The span of the request that this thread is at work on, over whatever it came. */
    static Span request() {
        io.opentelemetry.context.Context call = SPAN.get();
        return call == null ? Span.current() : Span.fromContext(call);
    }

    @Override
    public Runnable over(Runnable work) {
        io.opentelemetry.context.Context span = SPAN.get();
        return span == null ? work : span.wrap(work);
    }
}
