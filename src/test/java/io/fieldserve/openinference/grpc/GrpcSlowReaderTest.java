package io.fieldserve.openinference.grpc;

import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.clients.ClientLimits;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.wire.LimitedClients;
import io.fieldserve.wire.TestArrays;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A caller who doesn't read what was answered, and set no deadline, is cut off in the time that a reply may take. */
@QuarkusTest
@TestProfile(LimitedClients.class)
class GrpcSlowReaderTest extends GrpcTest {

    private static final ModelInferRequest LARGE = darcy("FP32", bytes(TestArrays.permeability(1, 1, 512, 512)))
            .setInputs(0, input("permeability", "FP32", 1, 1, 512, 512))
            .build();

    @Inject
    AdmissionGate gate;

    @Inject
    ClientLimits clients;

    @Inject
    SlabPool slabs;

    private ManagedChannel narrow;

    @BeforeEach
    void connectWithLittleRoom() {
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
    void givesBackWhatItHeldForThem() {
        // Given
        ask(GRPCInferenceServiceGrpc.getModelInferMethod());
        ask(GRPCInferenceServiceGrpc.getModelStreamInferMethod());
        Awaitility.await().until(() -> gate.requests() == 2);

        // When they don't read
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> gate.requests() == 0);

        // Then
        Awaitility.await().until(() -> clients.clientsInFlight() == 0 && slabs.outstandingSlabs() == 0);
    }

    private <A> void ask(MethodDescriptor<ModelInferRequest, A> method) {
        ClientCall<ModelInferRequest, A> call = narrow.newCall(method, CallOptions.DEFAULT);
        call.start(new ClientCall.Listener<>() {}, new Metadata());
        call.sendMessage(LARGE);
        call.halfClose();
    }
}
