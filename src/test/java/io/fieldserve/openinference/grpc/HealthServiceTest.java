package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.fieldserve.openinference.InferenceCounts;
import io.fieldserve.prediction.Catalogue;
import io.fieldserve.repository.SurrogateRepository;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health is the repository's. */
class HealthServiceTest {

    private final SurrogateRepository notLoaded =
            new SurrogateRepository(Path.of("models/repository"), null, version -> null);

    @ParameterizedTest
    @ValueSource(strings = {"", "inference.GRPCInferenceService"})
    void doesNotServeUntilTheSurrogatesAreVerified(String service) {
        // Given
        CompletableFuture<HealthCheckResponse> answer = new CompletableFuture<>();
        HealthService health = new HealthService(new Descriptions(
                null, () -> notLoaded.index().complete(), new Catalogue(notLoaded), new InferenceCounts(), null));

        // When
        health.check(HealthCheckRequest.newBuilder().setService(service).build(), new First<>(answer));

        // Then
        assertThat(answer).isCompletedWithValueMatching(said -> said.getStatus() == ServingStatus.NOT_SERVING);
    }

    @Test
    void tellsAllWhoWatchOfAChange() throws IOException {
        // Given
        AtomicBoolean ready = new AtomicBoolean();
        HealthService health = new HealthService(
                new Descriptions(null, ready::get, new Catalogue(notLoaded), new InferenceCounts(), null));
        Server server = NettyServerBuilder.forPort(0).addService(health).build().start();
        ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
        try {
            Iterator<HealthCheckResponse> one = HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(1, TimeUnit.MINUTES)
                    .watch(HealthCheckRequest.getDefaultInstance());
            Iterator<HealthCheckResponse> other = HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(1, TimeUnit.MINUTES)
                    .watch(HealthCheckRequest.getDefaultInstance());
            assertThat(one.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
            assertThat(other.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);

            // When
            ready.set(true);

            // Then
            assertThat(one.next().getStatus()).isEqualTo(ServingStatus.SERVING);
            assertThat(other.next().getStatus()).isEqualTo(ServingStatus.SERVING);
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
            health.end();
        }
    }

    private record First<T>(CompletableFuture<T> answer) implements StreamObserver<T> {
        @Override
        public void onNext(T value) {
            answer.complete(value);
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {}
    }
}
