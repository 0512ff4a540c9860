package io.fieldserve.openinference.grpc;

import io.fieldserve.clients.ClientGate;
import io.fieldserve.openinference.RepositoryControl;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelConfigRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelConfigResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelMetadataRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelMetadataResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelReadyRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelReadyResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelStatisticsRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelStatisticsResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelStreamInferResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryIndexRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryIndexResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryModelLoadRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryModelLoadResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryModelUnloadRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryModelUnloadResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerLiveRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerLiveResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerMetadataRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerMetadataResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerReadyRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerReadyResponse;
import io.fieldserve.wire.BodyLimit;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The calls of the protocol. gRPC makes this before the service has started, so what stands on the repository is made when it
 * is first asked: what is wrong with the configuration must end the start in a sentence of its own.
 */
@GrpcService
final class InferenceService extends GRPCInferenceServiceImplBase {

    private final Descriptions descriptions;
    private final Inference inference;
    private final ClientGate gate;
    private final BodyLimit limit;
    private final Instance<RepositoryControl> control;
    private final Executor threads;
    private final Failures failures;
    /** One at a time, and not on virtual threads, which opening sessions would hold up. */
    private final Executor changes = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("grpc-repository").daemon().factory());

    @Inject
    InferenceService(
            Descriptions descriptions,
            Inference inference,
            ClientGate gate,
            BodyLimit limit,
            Instance<RepositoryControl> control,
            CallThreads threads,
            Failures failures) {
        this.descriptions = descriptions;
        this.inference = inference;
        this.gate = gate;
        this.limit = limit;
        this.control = control;
        this.threads = threads;
        this.failures = failures;
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> responses) {
        Optional<Deadline> deadline = Optional.ofNullable(Context.current().getDeadline());
        var call = (ServerCallStreamObserver<ModelInferResponse>) responses;
        GrpcCaller caller = new GrpcCaller();
        try {
            Place place = new Place(gate.enter(CallOrigin::client, request.getSerializedSize()));
            ReadingTime reading = new ReadingTime(limit.time(), CallEnd.ofCurrent());
            Runnable ended = () -> {
                reading.end();
                place.ended();
            };
            call.setOnCloseHandler(ended);
            call.setOnCancelHandler(() -> {
                caller.leave();
                ended.run();
            });
            begin(place, () -> {
                try {
                    inference.infer(request, deadline, caller, call::onNext);
                    call.onCompleted();
                } catch (RuntimeException | Error e) {
                    call.onError(Failures.status(failures.of(e)));
                } finally {
                    reading.begin();
                    place.ended();
                }
            });
        } catch (RuntimeException | Error e) {
            call.onError(Failures.status(failures.of(e)));
        }
    }

    /** Where no thread can be had, there is no work that could end. */
    private void begin(Place place, Runnable work) {
        try {
            threads.execute(work);
        } catch (RuntimeException | Error e) {
            place.ended();
            throw e;
        }
    }

    @Override
    public StreamObserver<ModelInferRequest> modelStreamInfer(StreamObserver<ModelStreamInferResponse> responses) {
        Optional<Deadline> deadline = Optional.ofNullable(Context.current().getDeadline());
        var call = (ServerCallStreamObserver<ModelStreamInferResponse>) responses;
        InferStream stream = new InferStream(inference, gate, threads, failures, call, deadline, limit.time());
        stream.begin();
        return stream;
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> responses) {
        answer(responses, () -> ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> responses) {
        answer(responses, descriptions::serverReady);
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> responses) {
        answer(responses, descriptions::serverMetadata);
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> responses) {
        answer(responses, () -> descriptions.modelReady(request));
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> responses) {
        answer(responses, () -> descriptions.modelMetadata(request));
    }

    @Override
    public void modelConfig(ModelConfigRequest request, StreamObserver<ModelConfigResponse> responses) {
        answer(responses, () -> descriptions.modelConfig(request));
    }

    @Override
    public void modelStatistics(ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> responses) {
        answer(responses, () -> descriptions.modelStatistics(request));
    }

    @Override
    public void repositoryIndex(RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> responses) {
        answer(responses, () -> descriptions.repositoryIndex(request));
    }

    @Override
    public void repositoryModelLoad(
            RepositoryModelLoadRequest request, StreamObserver<RepositoryModelLoadResponse> responses) {
        changes.execute(() -> answer(responses, () -> {
            String model = model(request.getRepositoryName(), request.getModelName());
            control.get().load(model, request.getParametersMap().keySet());
            return RepositoryModelLoadResponse.getDefaultInstance();
        }));
    }

    @Override
    public void repositoryModelUnload(
            RepositoryModelUnloadRequest request, StreamObserver<RepositoryModelUnloadResponse> responses) {
        changes.execute(() -> answer(responses, () -> {
            control.get().unload(model(request.getRepositoryName(), request.getModelName()));
            return RepositoryModelUnloadResponse.getDefaultInstance();
        }));
    }

    /** The model that is meant: the second field in Triton's layout, where the first is the repository, else the first. */
    private static String model(String first, String second) {
        return second.isEmpty() ? first : second;
    }

    private <T> void answer(StreamObserver<T> responses, Supplier<T> answer) {
        T response;
        try {
            response = answer.get();
        } catch (RuntimeException e) {
            responses.onError(Failures.status(failures.of(e)));
            return;
        }
        responses.onNext(response);
        responses.onCompleted();
    }
}
