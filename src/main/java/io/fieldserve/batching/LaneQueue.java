package io.fieldserve.batching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What waits in one lane, most urgent first. For use under the lock of its batcher. */
final class LaneQueue<W, R> {
    private final Lane<W, R> lane;
    private final TreeSet<Ticket<W, R>> waiting = new TreeSet<>();
    private Size total = Size.NONE;

    LaneQueue(Lane<W, R> lane) {
        this.lane = lane;
    }

    Lane<W, R> lane() {
        return lane;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    Size total() {
        return total;
    }

    Ticket<W, R> first() {
        return waiting.first();
    }

    void add(Ticket<W, R> ticket) {
        waiting.add(ticket);
        total = total.plus(ticket.size());
    }

    boolean remove(Ticket<?, ?> ticket) {
        boolean removed = waiting.remove(ticket);
        if (removed) {
            total = total.minus(ticket.size());
        }
        return removed;
    }

    /** When a batch may start: at once if it is full, else when one has waited for the delay. Not to be asked when empty. */
    long readyAt(long now) {
        Duration delay = lane.policy().delay();
        if (delay.isZero() || lane.policy().fills(total)) {
            return now;
        }
        // The first to start need not be the first that came.
        return waiting.stream().mapToLong(Ticket::queuedAt).min().orElseThrow() + delay.toNanos();
    }

    /** Takes the next batch, without leaving out any that is more urgent than another that goes in. */
    List<Ticket<W, R>> take() {
        List<Ticket<W, R>> batch = new ArrayList<>();
        Size taken = Size.NONE;
        while (!waiting.isEmpty() && lane.policy().admits(taken, first().size())) {
            Ticket<W, R> ticket = waiting.pollFirst();
            taken = taken.plus(ticket.size());
            batch.add(ticket);
        }
        total = total.minus(taken);
        return batch;
    }
}
