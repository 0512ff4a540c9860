package io.fieldserve.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits while the only thread is held up, and what becomes of it. */
@Timeout(value = 2, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.MINUTES)
class BatcherTest {
    private static final Size ONE = new Size(1, 1);

    private final Batcher batcher = new Batcher(1);
    private final Gate gate = new Gate();
    private final List<Ticket<String, String>> tickets = new ArrayList<>();

    @BeforeEach
    void theOnlyThreadIsBusy() {
        submit(TestLane.held(gate), "held", ONE);
        gate.awaitArrival();
    }

    @AfterEach
    void close() {
        gate.open();
        batcher.close();
    }

    @Test
    void whatComesMeanwhileIsOneBatch() {
        // Given
        TestLane lane = TestLane.quick(TestLane.TOGETHER);
        submit(lane, "a", ONE);
        submit(lane, "b", ONE);
        submit(lane, "c", ONE);

        // When
        List<String> results = releaseAndAwait();

        // Then each has its own result
        assertThat(lane.batches()).containsExactly(List.of("a", "b", "c"));
        assertThat(results).containsExactly("HELD", "A", "B", "C");
        assertThat(lane.finished()).isEqualTo(1);
        assertThat(lane.abandoned()).isZero();
    }

    @Test
    void theMoreUrgentComesFirstThenTheEarlier() {
        // Given
        TestLane lane = TestLane.quick(new BatchPolicy(2, 1000, Duration.ZERO));
        submit(lane, "low", ONE, Priority.LOW);
        submit(lane, "normal 1", ONE, Priority.NORMAL);
        submit(lane, "high 1", ONE, Priority.HIGH);
        submit(lane, "normal 2", ONE, Priority.NORMAL);
        submit(lane, "high 2", ONE, Priority.HIGH);

        // When
        List<String> results = releaseAndAwait();

        // Then
        assertThat(lane.batches())
                .containsExactly(List.of("high 1", "high 2"), List.of("normal 1", "normal 2"), List.of("low"));
        assertThat(results).containsExactly("HELD", "LOW", "NORMAL 1", "HIGH 1", "NORMAL 2", "HIGH 2");
    }

    @Test
    void aBatchIsBoundedInCases() {
        // Given
        TestLane lane = TestLane.quick(new BatchPolicy(4, 1000, Duration.ZERO));
        submit(lane, "three", new Size(3, 1));
        submit(lane, "two", new Size(2, 1));
        submit(lane, "one", new Size(1, 1));
        submit(lane, "one more", new Size(1, 1));

        // When
        releaseAndAwait();

        // Then the second doesn't fit beside the first, and nothing overtakes it
        assertThat(lane.batches()).containsExactly(List.of("three"), List.of("two", "one", "one more"));
        assertThat(tickets.get(1).timing().items()).isEqualTo(3);
        assertThat(tickets.get(3).timing().items()).isEqualTo(4);
    }

    @Test
    void aBatchIsBoundedInBytes() {
        // Given
        TestLane lane = TestLane.quick(new BatchPolicy(1000, 100, Duration.ZERO));
        submit(lane, "a", new Size(1, 60));
        submit(lane, "b", new Size(1, 40));
        submit(lane, "c", new Size(1, 1));

        // When
        releaseAndAwait();

        // Then
        assertThat(lane.batches()).containsExactly(List.of("a", "b"), List.of("c"));
    }

    @Test
    void whatIsLargerThanAnyBatchRunsAlone() {
        // Given
        TestLane lane = TestLane.quick(new BatchPolicy(4, 100, Duration.ZERO));
        submit(lane, "small", ONE);
        submit(lane, "of many cases", new Size(5, 1));
        submit(lane, "heavy", new Size(1, 101));
        submit(lane, "last", ONE);

        // When
        releaseAndAwait();

        // Then
        assertThat(lane.batches())
                .containsExactly(List.of("small"), List.of("of many cases"), List.of("heavy"), List.of("last"));
    }

    @Test
    void workOfALaneWithoutCompanyRunsAlone() {
        // Given
        TestLane lane = TestLane.quick(TestLane.TOGETHER.alone());
        submit(lane, "a", ONE);
        submit(lane, "b", new Size(3, 50));

        // When
        releaseAndAwait();

        // Then
        assertThat(lane.batches()).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void lanesDoNotMix() {
        // Given two lanes of one flow
        Object flow = new Object();
        TestLane coarse = new TestLane(flow, TestLane.TOGETHER, 1, () -> {});
        TestLane fine = new TestLane(flow, TestLane.TOGETHER, 1, () -> {});
        submit(coarse, "a", ONE);
        submit(fine, "b", ONE);
        submit(coarse, "c", ONE);

        // When
        releaseAndAwait();

        // Then
        assertThat(coarse.batches()).containsExactly(List.of("a", "c"));
        assertThat(fine.batches()).containsExactly(List.of("b"));
    }

    @Test
    void workIsHeldBackUntilTheBatchIsFull() {
        // Given a delay that nobody will see the end of
        TestLane lane = TestLane.quick(new BatchPolicy(2, 1000, Duration.ofDays(1)));
        submit(lane, "a", ONE);
        gate.open();
        Ticket<String, String> other = batcher.submit(TestLane.quick(TestLane.TOGETHER), "other", ONE, Urgency.none());
        assertThat(other.await()).isEqualTo("OTHER");
        assertThat(lane.batches()).isEmpty();

        // When
        submit(lane, "b", ONE);

        // Then
        assertThat(tickets.getLast().await()).isEqualTo("B");
        assertThat(lane.batches()).containsExactly(List.of("a", "b"));
    }

    @Test
    void workIsHeldBackForTheDelayOnly() {
        // Given
        TestLane lane = TestLane.quick(new BatchPolicy(2, 1000, Duration.ofNanos(100_000)));
        submit(lane, "a", ONE);

        // When
        List<String> results = releaseAndAwait();

        // Then
        assertThat(results).containsExactly("HELD", "A");
    }

    private void submit(TestLane lane, String work, Size size) {
        submit(lane, work, size, Priority.NORMAL);
    }

    private void submit(TestLane lane, String work, Size size, Priority priority) {
        tickets.add(batcher.submit(lane, work, size, new Urgency(priority, Deadline.NEVER)));
    }

    private List<String> releaseAndAwait() {
        gate.open();
        return tickets.stream().map(Ticket::await).toList();
    }
}
