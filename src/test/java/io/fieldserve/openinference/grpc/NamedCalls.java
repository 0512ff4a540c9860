package io.fieldserve.openinference.grpc;

import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.inject.Singleton;

/** Takes callers for who they say they are in a header of these tests, as an authentication would. */
@GlobalInterceptor
@Singleton
final class NamedCalls implements ServerInterceptor {
    static final Metadata.Key<String> HEADER = Metadata.Key.of("test-caller", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String name = headers.get(HEADER);
        return name == null
                ? next.startCall(call, headers)
                : Contexts.interceptCall(CallerName.of(name), call, headers, next);
    }
}
