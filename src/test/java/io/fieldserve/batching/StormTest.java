package io.fieldserve.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;

/** Everything at once: however work ends, it ends once, and the counts on both sides add up. */
@Timeout(value = 2, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.MINUTES)
class StormTest {
    private static final int CALLERS = 6;
    private static final int EACH = 400;
    private static final List<Priority> PRIORITIES = List.of(Priority.values());

    /** What the callers saw. */
    private final AtomicInteger succeeded = new AtomicInteger();

    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();

    /** What the lanes saw, in pieces of work. */
    private final AtomicInteger finished = new AtomicInteger();

    private final AtomicInteger abandoned = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Set<Integer> ran = ConcurrentHashMap.newKeySet();
    private final AtomicInteger runTwice = new AtomicInteger();

    @RepeatedTest(5)
    void everyTicketEndsOnce(RepetitionInfo repetition) {
        // Given
        int seed = repetition.getCurrentRepetition();
        try (Batcher batcher = new Batcher(3)) {
            List<StormLane> lanes = List.of(
                    new StormLane(1, 1, new BatchPolicy(8, 1000, Duration.ZERO), new Random(seed)),
                    new StormLane(2, 2, new BatchPolicy(3, 20, Duration.ofNanos(50_000)), new Random(seed)),
                    new StormLane(3, 1, new BatchPolicy(8, 1000, Duration.ZERO).alone(), new Random(seed)));

            // When
            try (var callers = Executors.newFixedThreadPool(CALLERS)) {
                for (int caller = 0; caller < CALLERS; caller++) {
                    int first = caller * EACH;
                    Random random = new Random(seed * 1000L + caller);
                    callers.execute(() -> call(batcher, lanes, first, random));
                }
            }
        }

        // Then
        assertThat(runTwice).hasValue(0);
        assertThat(succeeded.get()).isEqualTo(finished.get()).isPositive();
        assertThat(failed.get()).isEqualTo(abandoned.get() + refused.get()).isPositive();
        assertThat(dropped.get()).isEqualTo(CALLERS * EACH - ran.size()).isPositive();
        assertThat(succeeded.get() + failed.get() + dropped.get()).isEqualTo(CALLERS * EACH);
    }

    /** Submits a few at a time, cancels some, and waits for all. */
    private void call(Batcher batcher, List<StormLane> lanes, int first, Random random) {
        List<Ticket<Integer, Integer>> waiting = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int work = first; work < first + EACH; work++) {
            waiting.add(batcher.submit(
                    lanes.get(random.nextInt(lanes.size())),
                    work,
                    new Size(1 + random.nextInt(3), 1 + random.nextInt(10)),
                    urgency(random)));
            expected.add(-work);
            if (random.nextInt(8) == 0) {
                waiting.get(random.nextInt(waiting.size())).cancel();
            }
            if (random.nextInt(10) == 0 || work == first + EACH - 1) {
                for (int i = 0; i < waiting.size(); i++) {
                    await(waiting.get(i), expected.get(i));
                }
                waiting.clear();
                expected.clear();
            }
        }
    }

    private static Urgency urgency(Random random) {
        Priority priority = PRIORITIES.get(random.nextInt(PRIORITIES.size()));
        boolean patient = random.nextInt(4) > 0;
        Deadline deadline =
                patient ? Deadline.NEVER : Deadline.after(System.nanoTime(), Duration.ofNanos(random.nextInt(300_000)));
        return new Urgency(priority, deadline);
    }

    private void await(Ticket<Integer, Integer> ticket, int expected) {
        try {
            assertThat(ticket.await()).isEqualTo(expected);
            succeeded.incrementAndGet();
        } catch (DroppedException e) {
            dropped.incrementAndGet();
        } catch (StormException e) {
            failed.incrementAndGet();
        }
    }

    private static final class StormException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Gives each number back negated, in as many parts as it likes; fails in many ways. */
    private final class StormLane implements Lane<Integer, Integer> {
        private final Object flow = new Object();
        private final int mostParts;
        private final int threadsPerPart;
        private final BatchPolicy policy;
        private final Random random;

        StormLane(int mostParts, int threadsPerPart, BatchPolicy policy, Random random) {
            this.mostParts = mostParts;
            this.threadsPerPart = threadsPerPart;
            this.policy = policy;
            this.random = random;
        }

        @Override
        public Object flow() {
            return flow;
        }

        @Override
        public BatchPolicy policy() {
            return policy;
        }

        @Override
        public int threadsPerPart() {
            return threadsPerPart;
        }

        @Override
        public BatchRun<Integer> start(List<Integer> batch) {
            batch.forEach(work -> runTwice.addAndGet(ran.add(work) ? 0 : 1));
            if (random.nextInt(20) == 0) {
                refused.addAndGet(batch.size());
                throw new StormException();
            }
            return new StormRun(batch, parts(1 + random.nextInt(mostParts)));
        }

        private List<Runnable> parts(int count) {
            List<Runnable> parts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                boolean fails = random.nextInt(20) == 0;
                parts.add(() -> {
                    if (fails) {
                        throw new StormException();
                    }
                });
            }
            return parts;
        }
    }

    private final class StormRun implements BatchRun<Integer> {
        private final List<Integer> batch;
        private final List<Runnable> parts;
        private final AtomicInteger left;

        StormRun(List<Integer> batch, List<Runnable> parts) {
            this.batch = batch;
            this.left = new AtomicInteger(parts.size());
            this.parts = parts.stream().map(this::counted).toList();
        }

        private Runnable counted(Runnable part) {
            return () -> {
                try {
                    part.run();
                } finally {
                    left.decrementAndGet();
                }
            };
        }

        @Override
        public List<Runnable> parts() {
            return parts;
        }

        @Override
        public List<Integer> finish() {
            assertThat(left).hasValue(0);
            finished.addAndGet(batch.size());
            return batch.stream().map(work -> -work).toList();
        }

        @Override
        public void abandon() {
            assertThat(left).hasValue(0);
            abandoned.addAndGet(batch.size());
        }
    }
}
