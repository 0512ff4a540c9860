package io.fieldserve.batching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lanes of one flow, the share of the machine that it has used, and what its work has cost so far. For use under the
 * lock of its batcher.
 */
final class Flow {
    /** Weight of the newest run in the average cost: some five runs are remembered. */
    private static final double NEWEST = 0.2;

    private final Map<Lane<?, ?>, LaneQueue<?, ?>> lanes = new HashMap<>();
    /** Thread nanoseconds used, brought forward whenever the flow has been idle. */
    private double used;

    /**
     * Cost a byte by the size's number of binary digits, 0 where nothing of that size has run. A run has a price of its own,
     * which on a small input is nearly all of it, so small runs say little of what large ones cost.
     */
    private final double[] nanosPerByte = new double[Long.SIZE + 1];

    boolean isIdle() {
        return lanes.isEmpty();
    }

    double used() {
        return used;
    }

    /** Forgets the credit that a flow would otherwise gather by being idle. */
    void resume(double atLeast) {
        used = Math.max(used, atLeast);
    }

    <W, R> void add(Ticket<W, R> ticket) {
        // The queue under a lane has the lane's own types.
        @SuppressWarnings("unchecked")
        LaneQueue<W, R> queue =
                (LaneQueue<W, R>) lanes.computeIfAbsent(ticket.lane(), lane -> new LaneQueue<>((Lane<W, R>) lane));
        queue.add(ticket);
    }

    boolean remove(Ticket<?, ?> ticket) {
        LaneQueue<?, ?> queue = lanes.get(ticket.lane());
        boolean removed = queue != null && queue.remove(ticket);
        if (removed) {
            forgetIfEmpty(queue);
        }
        return removed;
    }

    void forgetIfEmpty(LaneQueue<?, ?> queue) {
        if (queue.isEmpty()) {
            lanes.remove(queue.lane());
        }
    }

    /** The lane whose first ticket is the most urgent of those that may start. */
    Optional<LaneQueue<?, ?>> ready(long now) {
        LaneQueue<?, ?> best = null;
        for (LaneQueue<?, ?> queue : lanes.values()) {
            if (queue.readyAt(now) - now <= 0 && (best == null || queue.first().compareTo(best.first()) < 0)) {
                best = queue;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Nanoseconds until a lane may start, zero if one may; {@link Long#MAX_VALUE} if nothing waits. */
    long untilReady(long now) {
        long soonest = Long.MAX_VALUE;
        for (LaneQueue<?, ?> queue : lanes.values()) {
            soonest = Math.min(soonest, Math.max(0, queue.readyAt(now) - now));
        }
        return soonest;
    }

    Size waiting() {
        return lanes.values().stream().map(LaneQueue::total).reduce(Size.NONE, Size::plus);
    }

    List<Ticket<?, ?>> drain() {
        List<Ticket<?, ?>> all = new ArrayList<>();
        lanes.values().forEach(queue -> {
            while (!queue.isEmpty()) {
                all.addAll(queue.take());
            }
        });
        lanes.clear();
        return all;
    }

    /**
     * Thread nanoseconds that work of this size is likely to take, by what ran that was nearest in size, but not larger if it
     * can be helped; zero as long as nothing has run.
     */
    double estimate(Size size) {
        int digits = digits(size);
        int nearest = digits;
        while (nearest > 0 && nanosPerByte[nearest] == 0) {
            nearest--;
        }
        if (nearest == 0) {
            nearest = digits;
            while (nearest < Long.SIZE && nanosPerByte[nearest] == 0) {
                nearest++;
            }
        }
        return nanosPerByte[nearest] * size.bytes();
    }

    private static int digits(Size size) {
        return Long.SIZE - Long.numberOfLeadingZeros(size.bytes());
    }

    void charge(double nanos) {
        used += nanos;
    }

    void learn(Size size, double nanos) {
        int digits = digits(size);
        double newest = nanos / size.bytes();
        double before = nanosPerByte[digits];
        nanosPerByte[digits] = before == 0 ? newest : before + NEWEST * (newest - before);
    }
}
