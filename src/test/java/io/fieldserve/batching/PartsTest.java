package io.fieldserve.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parts of a batch, which any thread may run. */
@Timeout(value = 2, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.MINUTES)
class PartsTest {
    private static final Size ONE = new Size(1, 1);

    @Test
    void runAtTheSameTime() {
        // Given parts of which none ends before all have begun
        CyclicBarrier all = new CyclicBarrier(3);
        Runnable meet = () -> meet(all);
        TestLane lane = new TestLane(TestLane.TOGETHER, meet, meet, meet);
        try (Batcher batcher = new Batcher(3)) {

            // When
            String result = batcher.submit(lane, "a", ONE, Urgency.none()).await();

            // Then
            assertThat(result).isEqualTo("A");
            assertThat(lane.finished()).isEqualTo(1);
        }
    }

    @Test
    void endInAnyOrder() {
        // Given a first part that ends after the second
        CountDownLatch secondHasEnded = new CountDownLatch(1);
        TestLane lane = new TestLane(TestLane.TOGETHER, () -> Gate.await(secondHasEnded), secondHasEnded::countDown);
        try (Batcher batcher = new Batcher(2)) {

            // When
            String result = batcher.submit(lane, "a", ONE, Urgency.none()).await();

            // Then
            assertThat(result).isEqualTo("A");
            assertThat(lane.finished()).isEqualTo(1);
        }
    }

    @Test
    void goBeforeWhatHasNotBegun() {
        // Given
        List<String> order = new CopyOnWriteArrayList<>();
        Gate gate = new Gate();
        TestLane begun = new TestLane(TestLane.TOGETHER, gate, () -> order.add("second part"));
        TestLane next = new TestLane(TestLane.TOGETHER, () -> order.add("other work"));
        try (Batcher batcher = new Batcher(1)) {
            Ticket<String, String> first = batcher.submit(begun, "a", ONE, Urgency.none());
            gate.awaitArrival();
            Ticket<String, String> second = batcher.submit(next, "b", ONE, Urgency.none());

            // When
            gate.open();

            // Then
            assertThat(first.await()).isEqualTo("A");
            assertThat(second.await()).isEqualTo("B");
            assertThat(order).containsExactly("second part", "other work");
        }
    }

    @Test
    void runSideBySideOnlyAsFarAsTheirThreadsGo() {
        // Given parts of two threads each, which meet in pairs
        CyclicBarrier pair = new CyclicBarrier(2);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Runnable part = () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            meet(pair);
            running.decrementAndGet();
            meet(pair);
        };
        TestLane lane = new TestLane(new Object(), TestLane.TOGETHER, 2, part, part, part, part, part, part);
        try (Batcher batcher = new Batcher(4)) {

            // When
            String result = batcher.submit(lane, "a", ONE, Urgency.none()).await();

            // Then
            assertThat(result).isEqualTo("A");
            assertThat(most).hasValue(2);
        }
    }

    @Test
    void mayKeepMoreThreadsBusyThanThereAre() {
        // Given
        TestLane lane = new TestLane(new Object(), TestLane.TOGETHER, 8, () -> {}, () -> {});
        try (Batcher batcher = new Batcher(2)) {

            // When
            String result = batcher.submit(lane, "a", ONE, Urgency.none()).await();

            // Then
            assertThat(result).isEqualTo("A");
        }
    }

    static Stream<Throwable> failures() {
        return Stream.of(new IllegalStateException("no"), new OutOfMemoryError("no"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failTheWholeBatchOnce(Throwable failure) {
        // Given three pieces of work in one batch, the second of whose parts fails
        Gate gate = new Gate();
        AtomicInteger ended = new AtomicInteger();
        TestLane lane =
                new TestLane(TestLane.TOGETHER, ended::incrementAndGet, () -> doThrow(failure), ended::incrementAndGet);
        try (Batcher batcher = new Batcher(1)) {
            Ticket<String, String> held = batcher.submit(TestLane.held(gate), "held", ONE, Urgency.none());
            gate.awaitArrival();
            List<Ticket<String, String>> tickets = Stream.of("a", "b", "c")
                    .map(work -> batcher.submit(lane, work, ONE, Urgency.none()))
                    .toList();

            // When
            gate.open();

            // Then
            assertThat(held.await()).isEqualTo("HELD");
            assertThat(tickets)
                    .allSatisfy(ticket -> assertThatThrownBy(ticket::await).isSameAs(failure));
            assertThat(lane.batches()).hasSize(1);
            assertThat(ended).hasValue(2);
            assertThat(lane.abandoned()).isEqualTo(1);
            assertThat(lane.finished()).isZero();
        }
    }

    @Test
    void areAllOverBeforeTheBatchIsAbandoned() {
        // Given a part that fails while another runs on; that it has failed shows in its thread's doing other work
        Gate gate = new Gate();
        IllegalStateException failure = new IllegalStateException("no");
        TestLane lane = new TestLane(TestLane.TOGETHER, () -> doThrow(failure), gate);
        try (Batcher batcher = new Batcher(2)) {
            Ticket<String, String> failing = batcher.submit(lane, "a", ONE, Urgency.none());
            gate.awaitArrival();
            assertThat(batcher.submit(TestLane.quick(TestLane.TOGETHER), "b", ONE, Urgency.none())
                            .await())
                    .isEqualTo("B");
            int abandonedBefore = lane.abandoned();

            // When
            gate.open();

            // Then
            assertThat(catchThrowable(failing::await)).isSameAs(failure);
            assertThat(abandonedBefore).isZero();
            assertThat(lane.abandoned()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aBatchThatCannotStartFailsAndNothingElse(Throwable failure) {
        // Given
        Lane<String, String> lane = new BrokenLane(() -> doThrow(failure), () -> {});
        try (Batcher batcher = new Batcher(1)) {

            // When
            Throwable thrown = catchThrowable(batcher.submit(lane, "a", ONE, Urgency.none())::await);

            // Then
            assertThat(thrown).isSameAs(failure);
            assertThat(batcher.submit(TestLane.quick(TestLane.TOGETHER), "b", ONE, Urgency.none())
                            .await())
                    .isEqualTo("B");
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aBatchThatCannotFinishFailsAndNothingElse(Throwable failure) {
        // Given
        Lane<String, String> lane = new BrokenLane(() -> {}, () -> doThrow(failure));
        try (Batcher batcher = new Batcher(1)) {

            // When
            Throwable thrown = catchThrowable(batcher.submit(lane, "a", ONE, Urgency.none())::await);

            // Then
            assertThat(thrown).isSameAs(failure);
            assertThat(batcher.submit(TestLane.quick(TestLane.TOGETHER), "b", ONE, Urgency.none())
                            .await())
                    .isEqualTo("B");
        }
    }

    /** Does something when its batches start, and something when they finish. */
    private record BrokenLane(Runnable starting, Runnable finishing) implements Lane<String, String> {
        @Override
        public Object flow() {
            return BrokenLane.class;
        }

        @Override
        public BatchPolicy policy() {
            return TestLane.TOGETHER;
        }

        @Override
        public int threadsPerPart() {
            return 1;
        }

        @Override
        public BatchRun<String> start(List<String> batch) {
            starting.run();
            return new BatchRun<>() {
                @Override
                public List<Runnable> parts() {
                    return List.of(() -> {});
                }

                @Override
                public List<String> finish() {
                    finishing.run();
                    return batch;
                }

                @Override
                public void abandon() {
                    throw new AssertionError("no part has failed");
                }
            };
        }
    }

    private static void doThrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    private static void meet(CyclicBarrier others) {
        try {
            others.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
