package io.fieldserve.batching;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A lane that writes down its batches. Each piece of work comes back in capitals. */
public final class TestLane implements Lane<String, String> {
    /** Whatever waits, together. */
    static final BatchPolicy TOGETHER = new BatchPolicy(1000, 1000, Duration.ZERO);

    private final Object flow;
    private final BatchPolicy policy;
    private final int threadsPerPart;
    private final List<Runnable> parts;
    private final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger abandoned = new AtomicInteger();

    TestLane(Object flow, BatchPolicy policy, int threadsPerPart, Runnable... parts) {
        this.flow = flow;
        this.policy = policy;
        this.threadsPerPart = threadsPerPart;
        this.parts = List.of(parts);
    }

    /** A lane whose batches have these parts, of one thread each, in a flow of its own. */
    TestLane(BatchPolicy policy, Runnable... parts) {
        this(new Object(), policy, 1, parts);
    }

    /** A lane whose one batch waits before the gate. */
    public static TestLane held(Gate gate) {
        return new TestLane(TOGETHER, gate);
    }

    /** A lane of work that takes no time, put together as the policy says. */
    static TestLane quick(BatchPolicy policy) {
        return new TestLane(policy, () -> {});
    }

    List<List<String>> batches() {
        return List.copyOf(batches);
    }

    int finished() {
        return finished.get();
    }

    int abandoned() {
        return abandoned.get();
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
    public BatchRun<String> start(List<String> batch) {
        batches.add(batch);
        return new BatchRun<>() {
            @Override
            public List<Runnable> parts() {
                return parts;
            }

            @Override
            public List<String> finish() {
                finished.incrementAndGet();
                return batch.stream().map(work -> work.toUpperCase(Locale.ROOT)).toList();
            }

            @Override
            public void abandon() {
                abandoned.incrementAndGet();
            }
        };
    }
}
