package io.fieldserve.batching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The tickets that wait, in the order of their deadlines. For use under the lock of its batcher. */
final class Deadlines {
    private final TreeSet<Ticket<?, ?>> waiting = new TreeSet<>(
            Comparator.<Ticket<?, ?>>comparingLong(ticket -> ticket.deadline().nanos())
                    .thenComparingLong(Ticket::number));

    /** Adds a ticket; true if its deadline comes before all others. */
    boolean add(Ticket<?, ?> ticket) {
        waiting.add(ticket);
        return waiting.first().equals(ticket);
    }

    void remove(Ticket<?, ?> ticket) {
        waiting.remove(ticket);
    }

    /** Takes out those whose deadline has passed. */
    List<Ticket<?, ?>> expire(long now) {
        List<Ticket<?, ?>> expired = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.first().deadline().passed(now)) {
            expired.add(waiting.pollFirst());
        }
        return expired;
    }

    /** Nanoseconds until the next deadline. */
    long untilNext(long now) {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.first().deadline().nanos() - now;
    }
}
