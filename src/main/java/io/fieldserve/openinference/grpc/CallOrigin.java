package io.fieldserve.openinference.grpc;

import io.fieldserve.clients.Client;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Tells a call's messages whose they are. */
@GlobalInterceptor
@Singleton
final class CallOrigin implements ServerInterceptor {

    private static final Context.Key<SocketAddress> ADDRESS = Context.key("fieldserve-address");

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        return Contexts.interceptCall(Context.current().withValue(ADDRESS, address), call, headers, next);
    }

    /** Whose the current call is. */
    static Client client() {
        String address = ADDRESS.get() instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress()
                : String.valueOf(ADDRESS.get());
        return Client.of(CallerName.current(), address);
    }
}
