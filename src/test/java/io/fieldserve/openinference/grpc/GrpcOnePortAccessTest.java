package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerMetadataRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerMetadataResponse;
import io.fieldserve.server.security.Keys;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call over gRPC on the port of HTTP, where requests over HTTP/2 are judged before they are calls. */
@QuarkusTest
@TestProfile(GuardedOnePort.class)
class GrpcOnePortAccessTest extends GrpcTest {

    @Override
    int port() {
        return RestAssured.port;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sesame"})
    void aStrangerIsRefused(String key) {
        // When
        StatusRuntimeException refusal = refusalOf(key);

        // Then what a client makes of 401
        assertThat(refusal.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
        assertThat(refusal.getStatus().getDescription()).contains("HTTP status code 401");
    }

    @Test
    void aRoleOpensItsMethods() {
        // When
        ServerMetadataResponse read = service()
                .withInterceptors(holding(Keys.READ))
                .serverMetadata(ServerMetadataRequest.getDefaultInstance());
        StatusRuntimeException refusal = refusalOf(Keys.READ);
        ModelInferResponse predicted =
                service().withInterceptors(holding(Keys.PREDICT)).modelInfer(darcy().build());

        // Then
        assertThat(read.getName()).isEqualTo("fieldserve");
        assertThat(refusal.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
        assertThat(refusal.getStatus().getDescription()).contains("HTTP status code 403");
        assertThat(values(predicted, 0)).hasSize(4096);
    }

    @Test
    void healthIsForEverybody() {
        // When
        var health = HealthGrpc.newBlockingStub(channel()).check(HealthCheckRequest.getDefaultInstance());

        // Then
        assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);
    }

    private StatusRuntimeException refusalOf(String key) {
        return catchThrowableOfType(
                StatusRuntimeException.class,
                () -> service().withInterceptors(holding(key)).modelInfer(darcy().build()));
    }

    private static ClientInterceptor holding(String key) {
        Metadata headers = new Metadata();
        if (!key.isEmpty()) {
            headers.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), key);
        }
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }
}
