package io.fieldserve.batching;

/** When work is wanted, and what it goes before. */
public record Urgency(Priority priority, Deadline deadline) {

    /** Normal priority and all the time in the world. */
    public static Urgency none() {
        return new Urgency(Priority.NORMAL, Deadline.NEVER);
    }
}
