package io.fieldserve.openinference.grpc;

import io.fieldserve.clients.Client;
import io.fieldserve.clients.ClientGate;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelStreamInferResponse;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream of requests, answered as they are ready. At most {@value #CONCURRENT} are taken in at a time; one makes room
 * for the next when its answer is on its way to a caller who reads; one who doesn't is cut off. A request that fails is
 * answered so, and the stream goes on.
 */
final class InferStream implements StreamObserver<ModelInferRequest> {
    static final int CONCURRENT = 8;

    private final Inference inference;
    private final ClientGate gate;
    private final Executor threads;
    private final Failures failures;
    private final ServerCallStreamObserver<ModelStreamInferResponse> call;
    private final Optional<Deadline> deadline;
    private final Duration readingTime;
    private final Client client = CallOrigin.client();
    private final Runnable cutOff = CallEnd.ofCurrent();

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<GrpcCaller> inFlight = new HashSet<>();
    /** Places of requests whose answers wait for the caller to read. */
    private final List<Runnable> unread = new ArrayList<>();

    private State state = State.OPEN;
    /** That of the answers sent last, while the caller has yet to read some of them. */
    private Optional<ReadingTime> reading = Optional.empty();

    private enum State {
        OPEN,
        /** The caller has no more requests. */
        ENDED,
        /** And all of them are answered. */
        COMPLETED,
        /** Nobody waits for anything any more. */
        CLOSED
    }

    InferStream(
            Inference inference,
            ClientGate gate,
            Executor threads,
            Failures failures,
            ServerCallStreamObserver<ModelStreamInferResponse> call,
            Optional<Deadline> deadline,
            Duration readingTime) {
        this.inference = inference;
        this.gate = gate;
        this.threads = threads;
        this.failures = failures;
        this.call = call;
        this.deadline = deadline;
        this.readingTime = readingTime;
    }

    /** Begins to take requests in. To be called before the call's method returns. */
    void begin() {
        call.disableAutoRequest();
        call.setOnReadyHandler(() -> locked(this::advance));
        call.setOnCancelHandler(this::leave);
        call.setOnCloseHandler(this::leave);
        call.request(CONCURRENT);
    }

    @Override
    public void onNext(ModelInferRequest request) {
        GrpcCaller caller = new GrpcCaller();
        locked(() -> inFlight.add(caller));
        threads.execute(() -> answer(request, caller));
    }

    @Override
    public void onCompleted() {
        locked(() -> {
            if (state == State.OPEN) {
                state = State.ENDED;
            }
            advance();
        });
    }

    @Override
    public void onError(Throwable cancelled) {
        leave();
    }

    private void answer(ModelInferRequest request, GrpcCaller caller) {
        Runnable place = () -> {};
        try {
            place = gate.enter(() -> client, request.getSerializedSize())::close;
            inference.infer(request, deadline, caller, response -> send(answered(response)));
        } catch (RuntimeException | Error e) {
            send(failed(request, Failures.description(failures.of(e))));
        } finally {
            finish(caller, place);
        }
    }

    private static ModelStreamInferResponse answered(ModelInferResponse response) {
        return ModelStreamInferResponse.newBuilder().setInferResponse(response).build();
    }

    private static ModelStreamInferResponse failed(ModelInferRequest request, String message) {
        return ModelStreamInferResponse.newBuilder()
                .setErrorMessage(message)
                .setInferResponse(ModelInferResponse.newBuilder().setId(request.getId()))
                .build();
    }

    private void send(ModelStreamInferResponse response) {
        locked(() -> {
            if (state != State.CLOSED) {
                call.onNext(response);
            }
        });
    }

    private void finish(GrpcCaller caller, Runnable place) {
        locked(() -> {
            inFlight.remove(caller);
            unread.add(place);
            advance();
        });
    }

    private void leave() {
        locked(() -> {
            state = State.CLOSED;
            inFlight.forEach(GrpcCaller::leave);
            advance();
        });
    }

    /** Does what the state allows: makes room, ends the stream. */
    private void advance() {
        if (state == State.CLOSED || call.isReady()) {
            int freed = unread.size();
            unread.forEach(Runnable::run);
            unread.clear();
            reading.ifPresent(ReadingTime::end);
            reading = Optional.empty();
            if (state == State.OPEN && freed > 0) {
                call.request(freed);
            }
        }
        if (state == State.ENDED && inFlight.isEmpty()) {
            state = State.COMPLETED;
            call.onCompleted();
        }
        if (state == State.COMPLETED || !unread.isEmpty()) {
            bound();
        }
    }

    /** Gives the caller time to read, unless it is running already. */
    private void bound() {
        if (reading.isEmpty()) {
            ReadingTime time = new ReadingTime(readingTime, cutOff);
            time.begin();
            reading = Optional.of(time);
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
