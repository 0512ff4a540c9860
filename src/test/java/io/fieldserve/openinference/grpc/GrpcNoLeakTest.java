package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.tensor.SlabPool;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Every call gives back all the memory and the place it took, however it ends. */
@QuarkusTest
class GrpcNoLeakTest extends GrpcTest {

    @Inject
    SlabPool slabs;

    @Inject
    AdmissionGate gate;

    @Test
    void nothingOutlivesACall() {
        // When
        service().modelInfer(darcy().addOutputs(output("pressure.members")).build());
        refusal(darcy("FP32", bytes(FIELD).substring(4)).build());
        refusal(darcy().addOutputs(output("flow")).build());
        refusal(darcy().putParameters("timeout", whole(1)).build());
        refusal(darcy().setModelName("nothing").build());

        // Then
        assertNothingIsHeld();
    }

    @Test
    void nothingOutlivesACallThatIsCancelled() {
        // Given
        CancellableContext caller = Context.current().withCancellation();
        Answers answers = new Answers();
        StreamObserver<ModelInferRequest> stream =
                within(caller, () -> GRPCInferenceServiceGrpc.newStub(channel()).modelStreamInfer(answers));
        for (int request = 0; request < 2 * InferStream.CONCURRENT; request++) {
            stream.onNext(darcy().build());
        }
        answers.await(1);

        // When
        caller.cancel(Status.CANCELLED.asException());

        // Then
        assertNothingIsHeld();
    }

    @Test
    void nothingOutlivesAConnection() throws InterruptedException {
        // Given
        Answers answers = new Answers();
        StreamObserver<ModelInferRequest> stream =
                GRPCInferenceServiceGrpc.newStub(channel()).modelStreamInfer(answers);
        for (int request = 0; request < 2 * InferStream.CONCURRENT; request++) {
            stream.onNext(darcy().build());
        }
        answers.await(1);

        // When
        disconnect();

        // Then
        assertNothingIsHeld();
    }

    private static <T> T within(Context context, Supplier<T> call) {
        Context before = context.attach();
        try {
            return call.get();
        } finally {
            context.detach(before);
        }
    }

    private void assertNothingIsHeld() {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(gate.requests()).isZero();
            assertThat(gate.bytes()).isZero();
            assertThat(slabs.outstandingSlabs()).isZero();
        });
    }
}
