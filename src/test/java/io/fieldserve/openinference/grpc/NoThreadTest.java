package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.batching.AdmissionBounds;
import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.clients.ClientBounds;
import io.fieldserve.clients.ClientGate;
import io.fieldserve.clients.ClientLimits;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.wire.BodyLimit;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A call that no thread can be had for is answered and gives its place back. */
class NoThreadTest {

    private final AdmissionGate gate =
            new AdmissionGate(new AdmissionBounds(2, 1_000, Duration.ofSeconds(1)), () -> Duration.ZERO);

    @Test
    void givesThePlaceBack() throws IOException {
        // Given
        ClientBounds bounds = new ClientBounds(OptionalInt.empty(), OptionalDouble.empty(), OptionalInt.empty());
        CallThreads none = new CallThreads(_ -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        InferenceService service = new InferenceService(
                null,
                null,
                new ClientGate(new ClientLimits(bounds), gate),
                new BodyLimit(1_000, Duration.ofMinutes(1)),
                null,
                none,
                new Failures(List.of()));
        Server server =
                NettyServerBuilder.forPort(0).addService(service).build().start();
        ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
        try {
            var caller = GRPCInferenceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(1, TimeUnit.MINUTES);

            // When, Then
            assertThatThrownBy(() -> caller.modelInfer(ModelInferRequest.getDefaultInstance()))
                    .isInstanceOf(StatusRuntimeException.class);
            Awaitility.await().until(() -> gate.requests() == 0);
            assertThat(gate.bytes()).isZero();
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
        }
    }
}
