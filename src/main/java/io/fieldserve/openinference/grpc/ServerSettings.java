package io.fieldserve.openinference.grpc;

import io.fieldserve.wire.BodyLimit;
import io.grpc.DecompressorRegistry;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import io.vertx.grpc.server.GrpcServerOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;

/**
 * What the framework's configuration doesn't say of the gRPC server: a message may be as large as a body over HTTP and
 * compressed as one, messages are parsed where calls run, not on the event loop, and calls can be ended by the service.
 */
@Singleton
final class ServerSettings implements ServerBuilderCustomizer<VertxServerBuilder> {

    private static final System.Logger LOG = System.getLogger(ServerSettings.class.getName());

    /**
     * Well above what a client has going over one connection when fieldserve.limits.requests begins to refuse, so that it is
     * told of those rather than made to wait, yet an end to calls that no such limit counts, as those are that watch health.
     */
    static final int CALLS_PER_CONNECTION = 4096;

    private final BodyLimit limit;
    private final CallThreads threads;

    @Inject
    ServerSettings(BodyLimit limit, CallThreads threads) {
        this.limit = limit;
        this.threads = threads;
    }

    /** The server of the separate port. */
    @Override
    public void customize(GrpcServerConfiguration configuration, VertxServerBuilder builder) {
        builder.maxInboundMessageSize((int) Math.min(limit.bytes(), Integer.MAX_VALUE));
        builder.decompressorRegistry(DecompressorRegistry.getDefaultInstance().with(new Deflate(), true));
        builder.nettyBuilder().maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION);
        builder.nettyBuilder().addStreamTracerFactory(new CallEnd());
        builder.nettyBuilder().callExecutor(new ServerCallExecutorSupplier() {
            @Override
            public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
                return threads;
            }
        });
        LOG.log(Level.INFO, "gRPC on {0}, port {1,number,#}", configuration.host(), configuration.port());
    }

    /** The service on the port of HTTP. */
    @Override
    public void customize(GrpcServerConfiguration configuration, GrpcServerOptions options) {
        options.setMaxMessageSize(limit.bytes());
    }
}
