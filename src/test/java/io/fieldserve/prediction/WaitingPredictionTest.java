package io.fieldserve.prediction;

import static io.fieldserve.surrogate.FieldArrays.UNPOOLED;
import static io.fieldserve.surrogate.FieldArrays.numbers;
import static io.fieldserve.surrogate.FieldArrays.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.batching.BatchPolicy;
import io.fieldserve.batching.Deadline;
import io.fieldserve.batching.Gate;
import io.fieldserve.batching.Priority;
import io.fieldserve.batching.Urgency;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Predictions that wait because the only thread is busy. */
@Timeout(value = 2, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.MINUTES)
class WaitingPredictionTest extends BusyThread {
    private final SurrogateVersion version = bench.open(ManifestFixture.affine());
    private final Predictor predictor = new Predictor(
            batcher, new BatchPolicy(8, 1 << 20, Duration.ZERO), bench.slabs(), PredictionListener.NONE, Trails.NONE);

    @Test
    void areMadeTogether() throws Exception {
        // Given
        CountDownLatch waiting = new CountDownLatch(2);
        FutureTask<Prediction> one = start(3, action -> waiting.countDown());
        FutureTask<Prediction> two = start(5, action -> waiting.countDown());
        Gate.await(waiting);

        // When
        gate.open();

        // Then
        try (Prediction first = one.get();
                Prediction second = two.get()) {
            assertThat(mean(first)).containsOnly(7);
            assertThat(mean(second)).containsOnly(11);
            assertThat(first.timing().items()).isEqualTo(2);
            assertThat(second.timing().items()).isEqualTo(2);
        }
    }

    @Test
    void areNotMadeForACallerWhoHasGone() throws Exception {
        // Given
        CompletableFuture<Runnable> goes = new CompletableFuture<>();
        FutureTask<Failure> failure = new FutureTask<>(() -> refusal(Urgency.none(), goes::complete));
        Thread.ofVirtual().start(failure);
        Runnable caller = goes.get(1, TimeUnit.MINUTES);

        // When
        caller.run();

        // Then
        assertThat(failure.get()).isEqualTo(new Failure.CallerGone());
    }

    @Test
    void areNotMadeForACallerWhoWasGoneAlready() {
        // When
        Failure failure = refusal(Urgency.none(), Runnable::run);

        // Then
        assertThat(failure).isEqualTo(new Failure.CallerGone());
    }

    @Test
    void areNotMadeAfterTheirDeadline() {
        // Given
        Duration time = Duration.ofNanos(1000);
        Urgency urgency = new Urgency(Priority.HIGH, Deadline.after(System.nanoTime(), time));

        // When
        Failure failure = refusal(urgency, Caller.STAYS);

        // Then
        assertThat(failure).isEqualTo(new Failure.DeadlineExceeded(time));
    }

    @Test
    void areNotMadeOnceTheServiceIsShuttingDown() {
        // Given
        gate.open();
        batcher.close();

        // When
        Failure failure = refusal(Urgency.none(), Caller.STAYS);

        // Then
        assertThat(failure).isEqualTo(new Failure.Unavailable("it is shutting down"));
    }

    private FutureTask<Prediction> start(float permeability, Caller caller) {
        FutureTask<Prediction> task = new FutureTask<>(() -> predict(permeability, Urgency.none(), caller));
        Thread.ofVirtual().start(task);
        return task;
    }

    private Failure refusal(Urgency urgency, Caller caller) {
        return catchThrowableOfType(FailureException.class, () -> predict(1, urgency, caller))
                .failure();
    }

    private Prediction predict(float permeability, Urgency urgency, Caller caller) {
        Map<String, Tensor> inputs = Map.of("permeability", tensor(UNPOOLED, Shape.of(1, 1, 2, 3), permeability));
        return predictor.predict(
                version,
                new PredictionRequest(
                        inputs, new AxisLayout(true, true), PredictionOptions.defaults(), urgency, caller));
    }

    private static float[] mean(Prediction prediction) {
        return numbers(prediction.fields().getFirst().arrays().get(Quantity.MEAN));
    }
}
