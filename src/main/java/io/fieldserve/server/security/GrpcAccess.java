package io.fieldserve.server.security;

import io.fieldserve.openinference.grpc.CallerName;
import io.fieldserve.openinference.grpc.Failures;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.inject.spi.Prioritized;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Holds every call over gRPC to the table of roles, before a message of it is read. It stands in front of every service,
 * reflection included, and runs where calls do, so that it may wait for an issuer's keys. On the port of HTTP it has nothing
 * to do, as {@link HttpAccess} has judged.
 */
@GlobalInterceptor
@Singleton
final class GrpcAccess implements ServerInterceptor, Prioritized {

    private final Authentication authentication;
    private final boolean onHttpPort;
    private final AccessTable table;
    private final GrpcCallers callers;
    private final Failures failures;

    @Inject
    GrpcAccess(
            Authentication authentication,
            @ConfigProperty(name = "quarkus.grpc.server.use-separate-server", defaultValue = "true") boolean separate,
            AccessTable table,
            GrpcCallers callers,
            Failures failures) {
        this.authentication = authentication;
        this.onHttpPort = !separate;
        this.table = table;
        this.callers = callers;
        this.failures = failures;
    }

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (onHttpPort) {
            return next.startCall(call, headers);
        }
        if (!authentication.required()) {
            return start(call, headers, next);
        }
        try {
            Optional<SecurityIdentity> caller = callers.caller(headers, call.getAttributes());
            table.ofMethod(call.getMethodDescriptor().getFullMethodName()).ifPresent(role -> require(role, caller));
            Context context = caller.map(
                            known -> CallerName.of(known.getPrincipal().getName()))
                    .orElseGet(Context::current);
            return Contexts.interceptCall(context, call, headers, started(next));
        } catch (FailureException e) {
            StatusRuntimeException refusal = Failures.status(failures.of(e));
            Metadata trailers = refusal.getTrailers();
            call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
            return new Listener<>() {};
        }
    }

    /** Before the others. */
    @Override
    public int getPriority() {
        return Integer.MAX_VALUE;
    }

    private static <Q, A> ServerCallHandler<Q, A> started(ServerCallHandler<Q, A> next) {
        return (call, headers) -> start(call, headers, next);
    }

    /**
     * With a request context, for the framework's own interceptor behind this one: it notes the caller there, which nobody
     * reads, and fails without one.
     */
    private static <Q, A> Listener<Q> start(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        ManagedContext context = Arc.container().requestContext();
        context.activate();
        try {
            return next.startCall(call, headers);
        } finally {
            context.terminate();
        }
    }

    private static void require(Role role, Optional<SecurityIdentity> caller) {
        if (caller.isEmpty()) {
            throw Strangers.NOTHING_CAME.asException();
        }
        if (!role.heldBy(caller.get())) {
            throw new Failure.MissingRole(role.wireName()).asException();
        }
    }
}
