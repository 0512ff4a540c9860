package io.fieldserve.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest.InferInputTensor;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerReadyRequest;
import io.fieldserve.packaged.ServiceProcess;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service that was told to stop: not ready at once, serving for some seconds more, and gone when all it took on is
 * answered. A request of one case is in flight for some seconds, as it is held back for another.
 */
class DrainIT {

    private static final String PREDICT = "/v1/surrogates/burgers-fno/predict";
    private static final int SIGTERM = 128 + 15;

    private ServiceProcess service;
    private ManagedChannel channel;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        service = ServiceProcess.of(Path.of("models/repository"), folder.resolve("log"))
                .with("-Dquarkus.grpc.server.port=" + port)
                .with("-Dquarkus.shutdown.delay=3s")
                .with("-Dfieldserve.batching.items=2")
                .with("-Dfieldserve.batching.delay=7s")
                .start();
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    @AfterEach
    void end() {
        channel.shutdownNow();
        service.close();
    }

    @Test
    void aRequestInFlightIsAnswered() throws Exception {
        // Given
        CompletableFuture<HttpResponse<byte[]>> reply = service.sendAsync(predict(1, 64));
        awaitInFlight();

        // When
        service.terminate();

        // Then
        Awaitility.await().until(() -> service.readiness() == 503);
        assertThat(service.send(predict(2, 128)).statusCode()).isEqualTo(200);
        assertThat(reply).isNotDone();
        assertThat(reply.get().statusCode()).isEqualTo(200);
        assertThat(service.awaitEnd()).isEqualTo(SIGTERM);
        service.assertNothingHeld();
    }

    @Test
    void aCallInFlightIsAnswered() throws Exception {
        // Given
        Future<ModelInferResponse> reply =
                GRPCInferenceServiceGrpc.newFutureStub(channel).modelInfer(inference(1, 64));
        awaitInFlight();

        // When
        service.terminate();

        // Then
        Awaitility.await().until(() -> health() == ServingStatus.NOT_SERVING);
        var calls = GRPCInferenceServiceGrpc.newBlockingStub(channel);
        assertThat(calls.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                .isFalse();
        assertThat(calls.modelInfer(inference(2, 128)).getOutputsCount()).isPositive();
        assertThat(reply).isNotDone();
        assertThat(reply.get().getOutputsCount()).isPositive();
        assertThat(service.awaitEnd()).isEqualTo(SIGTERM);
        service.assertNothingHeld();
    }

    private void awaitInFlight() {
        Awaitility.await().until(() -> service.metric("fieldserve_requests_in_flight") == 1);
    }

    private ServingStatus health() {
        return HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    /** Zeros. Grids don't mix, so that two cases on another one neither wait nor end the wait of one. */
    private HttpRequest.Builder predict(int cases, int points) {
        return service.request(PREDICT + "?shape=" + cases + "," + points)
                .header("Content-Type", "application/octet-stream")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[cases * points * Float.BYTES]));
    }

    private static ModelInferRequest inference(int cases, int points) {
        return ModelInferRequest.newBuilder()
                .setModelName("burgers-fno")
                .addInputs(InferInputTensor.newBuilder()
                        .setName("initial_velocity")
                        .setDatatype("FP32")
                        .addShape(cases)
                        .addShape(1)
                        .addShape(points))
                .addRawInputContents(ByteString.copyFrom(new byte[cases * points * Float.BYTES]))
                .build();
    }
}
