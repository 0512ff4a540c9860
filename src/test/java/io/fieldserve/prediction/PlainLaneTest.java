package io.fieldserve.prediction;

import static io.fieldserve.surrogate.FieldArrays.UNPOOLED;
import static io.fieldserve.surrogate.FieldArrays.numbers;
import static io.fieldserve.surrogate.FieldArrays.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.batching.BatchPolicy;
import io.fieldserve.batching.Size;
import io.fieldserve.batching.Ticket;
import io.fieldserve.batching.Urgency;
import io.fieldserve.repository.PlainFolder;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests for graphs without a manifest that come while the only thread is busy. */
@Timeout(value = 2, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.MINUTES)
class PlainLaneTest extends BusyThread {

    @TempDir
    Path root;

    @Test
    void eachGetsItsOwnPartOfABatchOnAnotherGrid() throws IOException {
        // Given
        SurrogateVersion version = bench.openPlain(PlainFolder.write(root, "model", "1", "downsamples"));
        var one = submit(version, "a", tensor(UNPOOLED, Shape.of(1, 1, 2, 2), 1, 2, 3, 4));
        var two = submit(version, "a", tensor(UNPOOLED, Shape.of(2, 1, 2, 2), 5, 6, 7, 8, 9, 10, 11, 12));

        // When
        gate.open();

        // Then
        try (Solution first = one.await();
                Solution second = two.await()) {
            assertThat(first.mean().get("b").shape()).isEqualTo(Shape.of(1, 2, 1, 1));
            assertThat(numbers(first.mean().get("b"))).containsExactly(1, -1);
            assertThat(second.mean().get("b").shape()).isEqualTo(Shape.of(2, 2, 1, 1));
            assertThat(numbers(second.mean().get("b"))).containsExactly(5, -5, 9, -9);
        }
        assertThat(one.timing().items()).isEqualTo(3);
        assertThat(two.timing().items()).isEqualTo(3);
    }

    @Test
    void aGraphWithABatchOfItsOwnRunsOneRequestAtATime() throws IOException {
        // Given
        SurrogateVersion version = bench.openPlain(PlainFolder.write(root, "model", "1", "fixed"));
        var one = submit(version, "x", tensor(UNPOOLED, Shape.of(1, 1, 2, 2), 1, 2, 3, 4));
        var two = submit(version, "x", tensor(UNPOOLED, Shape.of(1, 1, 2, 2), 5, 6, 7, 8));

        // When
        gate.open();

        // Then
        try (Solution first = one.await();
                Solution second = two.await()) {
            assertThat(numbers(first.mean().get("y"))).containsExactly(3, 6, 9, 12);
            assertThat(numbers(second.mean().get("y"))).containsExactly(15, 18, 21, 24);
        }
        assertThat(one.timing().items()).isEqualTo(1);
        assertThat(two.timing().items()).isEqualTo(1);
    }

    private Ticket<LaneRequest, Solution> submit(SurrogateVersion version, String field, Tensor input) {
        BatchPolicy policy = new BatchPolicy(8, 1 << 20, Duration.ZERO);
        Map<String, Tensor> inputs = Map.of(field, input);
        EnsembleLane lane =
                new EnsembleLane(version, new EnsembleQuery(1, false), inputs, policy, bench.slabs(), Trails.NONE);
        LaneRequest request = new LaneRequest(inputs, Trails.Trail.NONE);
        return batcher.submit(lane, request, new Size(request.cases(), 16L * request.cases()), Urgency.none());
    }
}
