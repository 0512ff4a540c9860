package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelStreamInferResponse;
import io.fieldserve.prediction.Caller;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No call waits for longer than its deadline, and no stream takes in more than it may, however little its caller reads. */
@QuarkusTest
class GrpcBoundsTest extends GrpcTest {

    @Inject
    Inference inference;

    @Inject
    AdmissionGate gate;

    private ManagedChannel narrow;

    @BeforeEach
    void connectWithRoomForTwoAnswers() {
        narrow = NettyChannelBuilder.forAddress("localhost", port())
                .usePlaintext()
                .flowControlWindow(65_536)
                .build();
    }

    @AfterEach
    void close() {
        narrow.shutdownNow();
    }

    @Test
    void dropsWhatIsPastTheDeadlineOfTheCall() {
        // Given
        Optional<Deadline> passed = Optional.of(Deadline.after(-1, TimeUnit.SECONDS));

        // When
        FailureException refusal = catchThrowableOfType(
                FailureException.class, () -> inference.infer(darcy().build(), passed, Caller.STAYS, response -> {}));

        // Then
        assertThat(refusal.failure()).isEqualTo(new Failure.DeadlineExceeded(Duration.ZERO));
    }

    @Test
    void takesNoMoreInThanAStreamMay() {
        // Given a caller who asks much and reads nothing
        int requests = 5 * InferStream.CONCURRENT;
        Reader reader = new Reader();
        var stream = GRPCInferenceServiceGrpc.newStub(narrow).modelStreamInfer(reader);
        IntStream.range(0, requests).forEach(request -> stream.onNext(darcy().build()));
        stream.onCompleted();
        Awaitility.await().until(() -> gate.requests() == InferStream.CONCURRENT);

        // When
        reader.read(requests);

        // Then
        assertThat(reader.end).succeedsWithin(Duration.ofMinutes(2));
        assertThat(reader.inFlight).hasSize(requests).allMatch(count -> count <= InferStream.CONCURRENT);
        Awaitility.await().until(() -> gate.requests() == 0);
    }

    /** Reads when told to, and notes how many requests the service had then. */
    private final class Reader implements ClientResponseObserver<ModelInferRequest, ModelStreamInferResponse> {
        private final List<Integer> inFlight = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private ClientCallStreamObserver<ModelInferRequest> call;

        @Override
        public void beforeStart(ClientCallStreamObserver<ModelInferRequest> starting) {
            call = starting;
            call.disableAutoRequestWithInitial(0);
        }

        void read(int answers) {
            call.request(answers);
        }

        @Override
        public void onNext(ModelStreamInferResponse response) {
            inFlight.add(gate.requests());
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            end.complete(null);
        }
    }
}
