package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferResponse;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.TestArrays;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same service on the port of HTTP, by another server of the framework. */
@QuarkusTest
@TestProfile(OnePort.class)
class GrpcOnePortTest extends GrpcTest {

    @Inject
    SlabPool slabs;

    @Inject
    AdmissionGate gate;

    @Override
    int port() {
        return RestAssured.port;
    }

    @AfterEach
    void nothingIsHeld() {
        Awaitility.await().untilAsserted(() -> {
            assertThat(gate.requests()).isZero();
            assertThat(slabs.outstandingSlabs()).isZero();
        });
    }

    @Test
    void infers() {
        // When
        ModelInferResponse response = service().modelInfer(darcy().build());

        // Then
        assertThat(values(response, 0)).hasSize(4096);
    }

    @Test
    void takesMessagesOfAMegabyte() {
        // Given
        Tensor large = TestArrays.permeability(1, 1, 512, 512);
        ModelInferRequest request = darcy("FP32", bytes(large))
                .setInputs(0, input("permeability", "FP32", 1, 1, 512, 512))
                .build();

        // When
        ModelInferResponse response = service().modelInfer(request);

        // Then
        assertThat(values(response, 0)).hasSize(512 * 512);
    }

    @Test
    void refuses() {
        // When
        Status status = refusal(darcy("FP32", ByteString.EMPTY).build());

        // Then
        assertThat(status.getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains("16384 bytes");
    }

    @Test
    void streams() {
        // Given
        Answers answers = new Answers();
        StreamObserver<ModelInferRequest> stream =
                GRPCInferenceServiceGrpc.newStub(channel()).modelStreamInfer(answers);

        // When
        for (int request = 0; request < 2 * InferStream.CONCURRENT; request++) {
            stream.onNext(darcy().build());
        }
        stream.onCompleted();

        // Then
        assertThat(answers.all()).hasSize(2 * InferStream.CONCURRENT);
    }

    @Test
    void isHealthy() {
        // When
        var health = HealthGrpc.newBlockingStub(channel()).check(HealthCheckRequest.getDefaultInstance());

        // Then
        assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);
    }
}
