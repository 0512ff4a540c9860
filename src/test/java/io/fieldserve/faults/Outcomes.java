package io.fieldserve.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What became of requests: each is counted once, under one outcome, or is a fault. */
final class Outcomes {

    /** The known answer. */
    static final String RIGHT = "right";

    /** There was no reply, as nobody listened or the connection ended. */
    static final String NO_CONNECTION = "no connection";

    private static final int KEPT = 10;

    private final LongAdder sent = new LongAdder();
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final long start = System.nanoTime();

    void sent() {
        sent.increment();
    }

    void count(String outcome) {
        counts.computeIfAbsent(outcome, key -> new LongAdder()).increment();
    }

    /** Counts what should not have happened, and keeps the first of them. */
    void fault(String what) {
        count("FAULT");
        if (faults.size() < KEPT) {
            faults.add(what);
        }
    }

    long requests() {
        return sent.sum();
    }

    /** How many ended in one way or another: all of them, once nothing is in flight. */
    long ended() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    long of(String outcome) {
        return counts.getOrDefault(outcome, new LongAdder()).sum();
    }

    Queue<String> faults() {
        return faults;
    }

    @Override
    public String toString() {
        String each = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        return "%d requests in %d s: %s".formatted(requests(), seconds, each);
    }
}
