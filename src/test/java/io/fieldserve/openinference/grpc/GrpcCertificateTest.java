package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryModelLoadRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerMetadataRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerMetadataResponse;
import io.fieldserve.server.security.TestCertificates;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** gRPC over TLS, with callers who are known by their certificate. */
@QuarkusTest
@QuarkusTestResource(GrpcPort.class)
@TestProfile(GrpcCertificateTest.OverTls.class)
class GrpcCertificateTest {

    private static TestCertificates certificates;

    private ManagedChannel channel;

    /** A service whose gRPC is over TLS and asks for certificates. */
    public static final class OverTls implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Stores.class));
        }
    }

    /** The stores of certificates. */
    public static final class Stores implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            certificates = TestCertificates.make();
            return Map.of(
                    "fieldserve.security.certificates.pipeline",
                    "read",
                    "quarkus.grpc.server.plain-text",
                    "false",
                    "quarkus.grpc.server.ssl.client-auth",
                    "REQUEST",
                    "quarkus.grpc.server.ssl.key-store",
                    certificates.store("localhost").toString(),
                    "quarkus.grpc.server.ssl.key-store-password",
                    TestCertificates.PASSWORD,
                    "quarkus.grpc.server.ssl.trust-store",
                    certificates.store("trusted-callers").toString(),
                    "quarkus.grpc.server.ssl.trust-store-password",
                    TestCertificates.PASSWORD);
        }

        @Override
        public void stop() {
            // The files are the system's to clear away.
        }
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void aCertificateGivesTheRolesOfItsName() throws Exception {
        // Given
        GRPCInferenceServiceBlockingStub pipeline =
                connected(SslContextBuilder.forClient().keyManager(certificates.keysOf("pipeline")));

        // When
        ServerMetadataResponse metadata = pipeline.serverMetadata(ServerMetadataRequest.getDefaultInstance());
        StatusRuntimeException load = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> pipeline.repositoryModelLoad(RepositoryModelLoadRequest.getDefaultInstance()));

        // Then
        assertThat(metadata.getName()).isEqualTo("fieldserve");
        assertThat(load.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
    }

    @Test
    void whoPresentsNothingIsAStranger() throws Exception {
        // When
        Code code = refusal(SslContextBuilder.forClient());

        // Then
        assertThat(code).isEqualTo(Code.UNAUTHENTICATED);
    }

    @Test
    void aForgedCertificateEndsTheConnection() throws Exception {
        // When
        Code code = refusal(SslContextBuilder.forClient().keyManager(certificates.keysOf("forger")));

        // Then
        assertThat(code).isEqualTo(Code.UNAVAILABLE);
    }

    private Code refusal(SslContextBuilder presenting) throws SSLException {
        GRPCInferenceServiceBlockingStub service = connected(presenting);
        return catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> service.serverMetadata(ServerMetadataRequest.getDefaultInstance()))
                .getStatus()
                .getCode();
    }

    private GRPCInferenceServiceBlockingStub connected(SslContextBuilder presenting) throws SSLException {
        channel = NettyChannelBuilder.forAddress("localhost", GrpcPort.chosen())
                .sslContext(GrpcSslContexts.configure(presenting)
                        .trustManager(certificates.trustOfTheServer())
                        .build())
                .build();
        return GRPCInferenceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(2, TimeUnit.MINUTES);
    }
}
