package io.fieldserve.batching;

import java.time.Duration;

/**
 * A moment after which an answer is of no use.
 *
 * @param nanos on the clock of {@link System#nanoTime}
 * @param time how long the wait for it was to be at most
 */
public record Deadline(long nanos, Duration time) {
    /** A deadline that no process lives to see. */
    public static final Deadline NEVER = new Deadline(Long.MAX_VALUE / 2, Duration.ofNanos(Long.MAX_VALUE));

    /** A deadline some time after a moment on that clock. */
    public static Deadline after(long start, Duration time) {
        return new Deadline(start + time.toNanos(), time);
    }

    boolean passed(long now) {
        return now >= nanos;
    }
}
