package io.fieldserve.openinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fieldserve.batching.BatchTiming;
import io.fieldserve.openinference.ModelStatistics.BatchStatistics;
import io.fieldserve.openinference.ModelStatistics.InferenceStatistics;
import io.fieldserve.openinference.ModelStatistics.Spent;
import io.fieldserve.prediction.Failure;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.surrogate.ManifestFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The account of the statistics extension. */
class InferenceCountsTest {

    private static final Spent NOTHING = new Spent(0, 0);

    private final Manifest affine = ManifestFixture.affine().manifest();
    private final InferenceCounts counts = new InferenceCounts();

    @Test
    void beginsWithNothing() {
        // When
        ModelStatistics statistics = counts.of(affine);

        // Then
        assertThat(statistics)
                .isEqualTo(new ModelStatistics(
                        "affine",
                        "1",
                        0,
                        0,
                        0,
                        new InferenceStatistics(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING),
                        List.of()));
    }

    @Test
    void countsABatchOnceHoweverManyRequestsWereInIt() {
        // Given: 2 and 3 cases that waited 10 and 20 ns for one batch of 5, which took 100
        long start = System.currentTimeMillis();

        // When
        counts.answered(affine, 2, new BatchTiming(10, 100, 5), 130);
        counts.answered(affine, 3, new BatchTiming(20, 100, 5), 125);

        // Then: a request's time is its own, a batch's that of the batch
        ModelStatistics statistics = counts.of(affine);
        assertThat(statistics.inferenceCount()).isEqualTo(5);
        assertThat(statistics.executionCount()).isEqualTo(1);
        assertThat(statistics.lastInference()).isBetween(start, System.currentTimeMillis());
        assertThat(statistics.inferenceStats())
                .isEqualTo(new InferenceStatistics(
                        new Spent(2, 255),
                        NOTHING,
                        new Spent(2, 30),
                        new Spent(2, 0),
                        new Spent(2, 200),
                        new Spent(2, 25),
                        NOTHING,
                        NOTHING));
        assertThat(statistics.batchStats())
                .containsExactly(new BatchStatistics(5, new Spent(1, 0), new Spent(1, 100), new Spent(1, 0)));
    }

    @Test
    void keepsSizesApartInTheirOrder() {
        // When: a batch of 3 single cases, one of 3 at once, and one of 1
        for (int request = 0; request < 3; request++) {
            counts.answered(affine, 1, new BatchTiming(0, 90, 3), 100);
        }
        counts.answered(affine, 3, new BatchTiming(0, 60, 3), 100);
        counts.answered(affine, 1, new BatchTiming(0, 40, 1), 100);

        // Then
        ModelStatistics statistics = counts.of(affine);
        assertThat(statistics.executionCount()).isEqualTo(3);
        assertThat(statistics.batchStats())
                .extracting(BatchStatistics::batchSize, BatchStatistics::computeInfer)
                .containsExactly(tuple(1L, new Spent(1, 40)), tuple(3L, new Spent(2, 150)));
    }

    @Test
    void countsFailuresApart() {
        // When
        counts.failed(affine, new EnsembleException("broken"), 50);
        counts.failed(affine, new Failure.CallerGone().asException(), 70);

        // Then
        ModelStatistics statistics = counts.of(affine);
        assertThat(statistics.inferenceStats().fail()).isEqualTo(new Spent(2, 120));
        assertThat(counts.failures(affine))
                .isEqualTo(Map.of(
                        FailureReason.REJECTED, 0L,
                        FailureReason.CANCELED, 1L,
                        FailureReason.BACKEND, 1L,
                        FailureReason.OTHER, 0L));
        assertThat(statistics.inferenceStats().success()).isEqualTo(NOTHING);
        assertThat(statistics.inferenceCount()).isZero();
        assertThat(statistics.executionCount()).isZero();
        assertThat(statistics.lastInference()).isZero();
    }

    @Test
    void keepsVersionsApart() {
        // Given
        Manifest second = ManifestFixture.affine().with("/version", 2).manifest();

        // When
        counts.answered(second, 4, new BatchTiming(0, 1, 4), 1);

        // Then
        assertThat(counts.of(affine).inferenceCount()).isZero();
        assertThat(counts.of(second).inferenceCount()).isEqualTo(4);
        assertThat(counts.of(second).version()).isEqualTo("2");
    }
}
