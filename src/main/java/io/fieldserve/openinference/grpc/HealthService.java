package io.fieldserve.openinference.grpc;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The standard health service. The server and its inference service are serving while every surrogate on disk has a
 * version that is served, until the service begins to stop.
 */
@GrpcService
final class HealthService implements BindableService, HealthGrpc.AsyncService {
    /** How long a change may go unnoticed by those who watch. */
    private static final long NOTICE_SECONDS = 1;

    /** Of the protocol, though the enumeration lacks it. */
    private static final int SERVICE_UNKNOWN = 3;

    private static final Set<String> KNOWN = Set.of("", GRPCInferenceServiceGrpc.SERVICE_NAME);

    private final Descriptions descriptions;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    /** One for all who watch. */
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("grpc-health").daemon().factory());

    @Inject
    HealthService(Descriptions descriptions) {
        this.descriptions = descriptions;
        var _ = clock.scheduleWithFixedDelay(
                () -> watchers.forEach(Watcher::tell), NOTICE_SECONDS, NOTICE_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        clock.shutdownNow();
    }

    @Override
    public ServerServiceDefinition bindService() {
        return HealthGrpc.bindService(this);
    }

    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> responses) {
        if (!KNOWN.contains(request.getService())) {
            responses.onError(Status.NOT_FOUND
                    .withDescription("There is no such service.")
                    .asRuntimeException());
            return;
        }
        responses.onNext(response(status(request)));
        responses.onCompleted();
    }

    @Override
    public void watch(HealthCheckRequest request, StreamObserver<HealthCheckResponse> responses) {
        Watcher watcher = new Watcher(request, responses);
        watchers.add(watcher);
        ((ServerCallStreamObserver<HealthCheckResponse>) responses).setOnCancelHandler(() -> watchers.remove(watcher));
        watcher.tell();
    }

    /** One who is told the status, and each change of it. */
    private final class Watcher {
        private final HealthCheckRequest request;
        private final StreamObserver<HealthCheckResponse> responses;
        private int told = ServingStatus.UNKNOWN_VALUE;

        Watcher(HealthCheckRequest request, StreamObserver<HealthCheckResponse> responses) {
            this.request = request;
            this.responses = responses;
        }

        /** Never throws, so that those after it are told as well. */
        synchronized void tell() {
            try {
                int now = status(request);
                if (now != told) {
                    responses.onNext(response(now));
                    told = now;
                }
            } catch (RuntimeException e) {
                watchers.remove(this);
                responses.onError(Status.INTERNAL.withCause(e).asRuntimeException());
            }
        }
    }

    private int status(HealthCheckRequest request) {
        if (!KNOWN.contains(request.getService())) {
            return SERVICE_UNKNOWN;
        }
        return descriptions.ready() ? ServingStatus.SERVING_VALUE : ServingStatus.NOT_SERVING_VALUE;
    }

    private static HealthCheckResponse response(int status) {
        return HealthCheckResponse.newBuilder().setStatusValue(status).build();
    }
}
