package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.clients.ClientLimits;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferResponse;
import io.fieldserve.server.security.Keys;
import io.fieldserve.wire.KnownClients;
import io.fieldserve.wire.LimitedClients;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A client is held to its rate over gRPC too, by each message. */
@QuarkusTest
@TestProfile(KnownClients.class)
class GrpcClientRefusalTest extends GrpcTest {

    @Inject
    ClientLimits clients;

    @Inject
    AdmissionGate gate;

    @Test
    void refusesMoreThanTheRate() {
        // Given a client that has asked as often as it may
        for (int request = 0; request < LimitedClients.BURST; request++) {
            as(Keys.PREDICT).modelInfer(darcy().build());
            Awaitility.await().until(() -> clients.clientsInFlight() == 0);
        }
        Answers answers = new Answers();
        StreamObserver<ModelInferRequest> stream = GRPCInferenceServiceGrpc.newStub(channel())
                .withInterceptors(holding(Keys.PREDICT))
                .modelStreamInfer(answers);

        // When
        StatusRuntimeException refusal = catchThrowableOfType(
                StatusRuntimeException.class, () -> as(Keys.PREDICT).modelInfer(darcy().build()));
        stream.onNext(darcy().setId("another").build());
        stream.onCompleted();
        ModelInferResponse other = as(Keys.ADMIN).modelInfer(darcy().build());

        // Then
        assertThat(other.getOutputsCount()).isEqualTo(2);
        assertThat(refusal.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(refusal.getStatus().getDescription()).startsWith("This client asks more often than it may");
        assertThat(refusal.getTrailers()
                        .get(Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER)))
                .matches("[0-9]{5,6}");
        assertThat(answers.all()).singleElement().satisfies(another -> {
            assertThat(another.getErrorMessage()).startsWith("This client asks more often than it may");
            assertThat(another.getInferResponse().getId()).isEqualTo("another");
        });
        Awaitility.await().until(() -> clients.clientsInFlight() == 0 && gate.requests() == 0);
    }

    private GRPCInferenceServiceBlockingStub as(String key) {
        return service().withInterceptors(holding(key));
    }

    private static ClientInterceptor holding(String key) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), key);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }
}
