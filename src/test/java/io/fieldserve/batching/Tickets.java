package io.fieldserve.batching;

import java.time.Duration;

/** Tickets without a batcher, for what works on them under its lock. */
final class Tickets {
    private final Lane<String, String> lane;
    private long numbers;

    Tickets(Lane<String, String> lane) {
        this.lane = lane;
    }

    /** One case of a byte, at the beginning of time. */
    Ticket<String, String> ticket(String work) {
        return ticket(work, new Size(1, 1), Priority.NORMAL, 0);
    }

    Ticket<String, String> sized(String work, int items, long bytes) {
        return ticket(work, new Size(items, bytes), Priority.NORMAL, 0);
    }

    Ticket<String, String> ticket(String work, Priority priority, long queuedAt) {
        return ticket(work, new Size(1, 1), priority, queuedAt);
    }

    Ticket<String, String> until(String work, long deadline) {
        return new Ticket<>(
                null,
                lane,
                work,
                new Size(1, 1),
                new Urgency(Priority.NORMAL, Deadline.after(0, Duration.ofNanos(deadline))),
                numbers++,
                0);
    }

    private Ticket<String, String> ticket(String work, Size size, Priority priority, long queuedAt) {
        Urgency urgency = new Urgency(priority, Deadline.NEVER);
        return new Ticket<>(null, lane, work, size, urgency, numbers++, queuedAt);
    }
}
