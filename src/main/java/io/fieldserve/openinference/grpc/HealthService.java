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
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
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
    private final Executor threads;

    @Inject
    HealthService(Descriptions descriptions, CallThreads threads) {
        this.descriptions = descriptions;
        this.threads = threads;
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
        CountDownLatch gone = new CountDownLatch(1);
        ((ServerCallStreamObserver<HealthCheckResponse>) responses).setOnCancelHandler(gone::countDown);
        threads.execute(() -> tell(request, responses, gone));
    }

    /** Tells the status, and each change of it, until there is nobody to tell. */
    private void tell(HealthCheckRequest request, StreamObserver<HealthCheckResponse> responses, CountDownLatch gone) {
        try {
            int told = ServingStatus.UNKNOWN_VALUE;
            do {
                int now = status(request);
                if (now != told) {
                    responses.onNext(response(now));
                    told = now;
                }
            } while (!gone.await(NOTICE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
