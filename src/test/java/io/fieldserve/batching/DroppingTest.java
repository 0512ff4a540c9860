package io.fieldserve.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.batching.DroppedException.Cause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends work before it runs, while the only thread is busy, and what doesn't end it any more. */
@Timeout(value = 2, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.MINUTES)
class DroppingTest {
    private static final Size ONE = new Size(1, 1);
    private static final Duration LATER = Duration.ofDays(1);

    private final AtomicLong now = new AtomicLong();
    private final Batcher batcher = new Batcher(1, now::get);
    private final Gate gate = new Gate();
    private final TestLane lane = TestLane.quick(TestLane.TOGETHER);
    private Ticket<String, String> running;

    @BeforeEach
    void theOnlyThreadIsBusy() {
        running = batcher.submit(TestLane.held(gate), "running", ONE, within(LATER));
        gate.awaitArrival();
    }

    @AfterEach
    void close() {
        gate.open();
        batcher.close();
    }

    @Test
    void theDeadlineDropsWhatWaits() {
        // Given
        now.set(5);

        // When: nobody is free to take it
        Ticket<String, String> waiting = batcher.submit(lane, "a", ONE, new Urgency(Priority.NORMAL, at(5)));

        // Then
        assertThat(whyDropped(waiting)).isEqualTo(Cause.DEADLINE);
        assertThat(lane.batches()).isEmpty();
    }

    @Test
    void theDeadlineDropsNothingBefore() {
        // Given one that is in time and one that is not, seen by the time that the other is dropped
        now.set(5);
        Ticket<String, String> inTime = batcher.submit(lane, "a", ONE, new Urgency(Priority.NORMAL, at(6)));
        Ticket<String, String> late = batcher.submit(lane, "b", ONE, new Urgency(Priority.NORMAL, at(5)));
        assertThat(whyDropped(late)).isEqualTo(Cause.DEADLINE);

        // When
        gate.open();

        // Then
        assertThat(inTime.await()).isEqualTo("A");
        assertThat(lane.batches()).containsExactly(List.of("a"));
    }

    @Test
    void theDeadlineDoesNotStopWhatRuns() {
        // Given that deadlines were looked at when that of the running one had passed
        now.set(LATER.toNanos());
        assertThat(whyDropped(batcher.submit(lane, "a", ONE, within(Duration.ZERO))))
                .isEqualTo(Cause.DEADLINE);

        // When
        gate.open();

        // Then
        assertThat(running.await()).isEqualTo("RUNNING");
    }

    @Test
    void cancellingDropsWhatWaits() {
        // Given
        Ticket<String, String> kept = batcher.submit(lane, "a", ONE, Urgency.none());
        Ticket<String, String> waiting = batcher.submit(lane, "b", ONE, within(LATER));

        // When
        waiting.cancel();

        // Then
        assertThat(whyDropped(waiting)).isEqualTo(Cause.CANCELLED);
        gate.open();
        assertThat(kept.await()).isEqualTo("A");
        assertThat(lane.batches()).containsExactly(List.of("a"));
    }

    @Test
    void cancellingDoesNotStopWhatRuns() {
        // When
        running.cancel();

        // Then
        gate.open();
        assertThat(running.await()).isEqualTo("RUNNING");
    }

    @Test
    void cancellingAfterTheEndChangesNothing() {
        // Given
        gate.open();
        assertThat(running.await()).isEqualTo("RUNNING");

        // When
        running.cancel();

        // Then
        assertThat(running.await()).isEqualTo("RUNNING");
    }

    @Test
    void anInterruptDropsWhatWaits() {
        // Given
        Ticket<String, String> waiting = batcher.submit(lane, "a", ONE, Urgency.none());
        Thread.currentThread().interrupt();

        // When
        Cause why = whyDropped(waiting);

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(why).isEqualTo(Cause.DEADLINE);
        gate.open();
        assertThat(running.await()).isEqualTo("RUNNING");
        assertThat(lane.batches()).isEmpty();
    }

    @Test
    void anInterruptDoesNotStopWhatRuns() {
        // Given a thread that waits though it is interrupted
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread waiter = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            result.complete(running.await() + (Thread.interrupted() ? ", interrupted" : ""));
        });
        Awaitility.await().until(() -> waiter.getState() == Thread.State.WAITING);

        // When
        gate.open();

        // Then
        assertThat(result.join()).isEqualTo("RUNNING, interrupted");
    }

    @Test
    void closingDropsWhatWaitsAndWaitsForWhatRuns() throws InterruptedException {
        // Given
        Ticket<String, String> waiting = batcher.submit(lane, "a", ONE, Urgency.none());

        // When
        Thread closing = Thread.ofPlatform().start(batcher::close);

        // Then
        assertThat(whyDropped(waiting)).isEqualTo(Cause.CLOSED);
        Awaitility.await().until(() -> closing.getState() == Thread.State.WAITING);
        gate.open();
        closing.join();
        assertThat(running.await()).isEqualTo("RUNNING");
        assertThat(lane.batches()).isEmpty();
    }

    @Test
    void aClosedBatcherTakesNothingOn() {
        // Given
        gate.open();
        batcher.close();

        // When
        Cause why = catchThrowableOfType(DroppedException.class, () -> batcher.submit(lane, "a", ONE, Urgency.none()))
                .why();

        // Then
        assertThat(why).isEqualTo(Cause.CLOSED);
    }

    @Test
    void closingEndsTheThreads() {
        // Given
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        TestLane telling = new TestLane(TestLane.TOGETHER, () -> worker.complete(Thread.currentThread()));
        Ticket<String, String> told = batcher.submit(telling, "a", ONE, Urgency.none());
        gate.open();
        assertThat(told.await()).isEqualTo("A");

        // When
        batcher.close();

        // Then
        assertThat(worker.join().isAlive()).isFalse();
    }

    private static Cause whyDropped(Ticket<String, String> ticket) {
        return catchThrowableOfType(DroppedException.class, ticket::await).why();
    }

    private Urgency within(Duration time) {
        return new Urgency(Priority.NORMAL, Deadline.after(now.get(), time));
    }

    private static Deadline at(long nanos) {
        return new Deadline(nanos, Duration.ofNanos(nanos));
    }
}
