package io.fieldserve.prediction;

import static io.fieldserve.surrogate.FieldArrays.UNPOOLED;
import static io.fieldserve.surrogate.FieldArrays.numbers;
import static io.fieldserve.surrogate.FieldArrays.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.batching.BatchPolicy;
import io.fieldserve.batching.Urgency;
import io.fieldserve.repository.PlainFolder;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that share a batch by chance. */
@Timeout(value = 2, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.MINUTES)
class CompanyTest extends BusyThread {

    @TempDir
    Path root;

    private final CountDownLatch queued = new CountDownLatch(2);
    private Predictor predictor;
    private SurrogateVersion version;

    /** {@code picky} doubles its input, and fails where a value is 3 or more. */
    @Test
    void anInputOnWhichTheGraphFailsCostsNobodyElseAnAnswer() throws Exception {
        // Given
        predictor = new Predictor(
                batcher,
                new BatchPolicy(8, 1 << 20, Duration.ZERO),
                bench.slabs(),
                PredictionListener.NONE,
                Trails.NONE);
        version = bench.openPlain(PlainFolder.write(root, "model", "1", "picky"));
        FutureTask<float[]> sound = ask(1, 2);
        FutureTask<float[]> failing = ask(1, 9);
        queued.await();

        // When
        gate.open();

        // Then
        assertThat(sound.get()).containsExactly(2, 4);
        assertThatThrownBy(failing::get).cause().isInstanceOf(EnsembleException.class);
    }

    private FutureTask<float[]> ask(float... values) throws IOException {
        PredictionRequest request = new PredictionRequest(
                Map.of("x", tensor(UNPOOLED, Shape.of(1, 1, values.length), values)),
                new AxisLayout(true, true),
                PredictionOptions.defaults(),
                Urgency.none(),
                action -> queued.countDown());
        FutureTask<float[]> answer = new FutureTask<>(() -> {
            try (Prediction prediction = predictor.predict(version, request)) {
                return numbers(prediction.fields().getFirst().arrays().get(Quantity.MEAN));
            }
        });
        Thread.ofVirtual().start(answer);
        return answer;
    }
}
