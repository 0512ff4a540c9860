package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.fieldserve.openinference.InferenceCounts;
import io.fieldserve.prediction.Catalogue;
import io.fieldserve.repository.SurrogateRepository;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
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
        HealthService health = new HealthService(
                new Descriptions(
                        null,
                        () -> notLoaded.index().complete(),
                        new Catalogue(notLoaded),
                        new InferenceCounts(),
                        null),
                new CallThreads(work -> work));

        // When
        health.check(HealthCheckRequest.newBuilder().setService(service).build(), new First<>(answer));

        // Then
        assertThat(answer).isCompletedWithValueMatching(said -> said.getStatus() == ServingStatus.NOT_SERVING);
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
