package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import grpc.health.v1.HealthGrpc;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc;
import io.fieldserve.server.security.Guarded;
import io.fieldserve.server.security.Keys;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what over gRPC, once callers have keys. */
@QuarkusTest
@TestProfile(Guarded.class)
class GrpcAccessTest extends GrpcTest {

    private static final Set<String> OPEN = Set.of("ServerLive", "ServerReady");
    private static final Set<String> PREDICT = Set.of("ModelInfer", "ModelStreamInfer");
    private static final Set<String> ADMIN = Set.of("RepositoryModelLoad", "RepositoryModelUnload");

    /** Bytes as they are. */
    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    static Stream<String> methods() {
        return Stream.concat(
                GRPCInferenceServiceGrpc.getServiceDescriptor().getMethods().stream()
                        .map(MethodDescriptor::getFullMethodName),
                Stream.of(
                        ServerReflectionGrpc.getServerReflectionInfoMethod().getFullMethodName(),
                        "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void eachRoleOpensItsMethods(String method) {
        // Given
        String name = method.substring(method.indexOf('/') + 1);

        // When
        Code stranger = call(method, "authorization", "").getCode();
        Code reader = call(method, "x-api-key", Keys.READ).getCode();
        Code predictor = call(method, "authorization", "Bearer " + Keys.PREDICT).getCode();
        Code operator = call(method, "x-api-key", Keys.ADMIN).getCode();

        // Then
        assertThat(stranger == Code.UNAUTHENTICATED).isEqualTo(!OPEN.contains(name));
        assertThat(reader == Code.PERMISSION_DENIED).isEqualTo(PREDICT.contains(name) || ADMIN.contains(name));
        assertThat(predictor == Code.PERMISSION_DENIED).isEqualTo(ADMIN.contains(name));
        assertThat(operator).isNotIn(Code.UNAUTHENTICATED, Code.PERMISSION_DENIED);
    }

    @Test
    void healthIsForEverybody() {
        // When
        Status status = call(HealthGrpc.getCheckMethod().getFullMethodName(), "authorization", "");

        // Then
        assertThat(status.getCode()).isEqualTo(Code.OK);
    }

    @Test
    void aWrongKeyIsRefusedAndNotTold() {
        // When
        Status status = call("inference.GRPCInferenceService/ServerMetadata", "x-api-key", "sesame");

        // Then
        assertThat(status.getCode()).isEqualTo(Code.UNAUTHENTICATED);
        assertThat(status.getDescription()).contains("is not valid").doesNotContain("sesame");
    }

    @Test
    void aTokenOfTheIssuerGivesItsRoles() {
        // Given
        String token = Guarded.issuer().token("alice", "read", 5);

        // When
        Status read = call("inference.GRPCInferenceService/ServerMetadata", "authorization", "Bearer " + token);
        Status infer = call("inference.GRPCInferenceService/ModelInfer", "authorization", "Bearer " + token);

        // Then
        assertThat(read.getCode()).isEqualTo(Code.OK);
        assertThat(infer.getCode()).isEqualTo(Code.PERMISSION_DENIED);
        assertThat(infer.getDescription()).contains("'predict'");
    }

    @Test
    void aForgedTokenIsRefused() {
        // Given
        String token = Guarded.issuer().forged("mallory", "admin");

        // When
        Status status = call("inference.GRPCInferenceService/ServerMetadata", "authorization", "Bearer " + token);

        // Then
        assertThat(status.getCode()).isEqualTo(Code.UNAUTHENTICATED);
    }

    /** How a call with an empty message ends. */
    private Status call(String method, String header, String credential) {
        Metadata headers = new Metadata();
        if (!credential.isEmpty()) {
            headers.put(Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER), credential);
        }
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.newBuilder(BYTES, BYTES)
                .setType(MethodType.SERVER_STREAMING)
                .setFullMethodName(method)
                .build();
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(2, TimeUnit.MINUTES);
        Channel known = ClientInterceptors.intercept(channel(), MetadataUtils.newAttachHeadersInterceptor(headers));
        try {
            ClientCalls.blockingServerStreamingCall(known, descriptor, options, new byte[0])
                    .forEachRemaining(answer -> {});
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }
}
