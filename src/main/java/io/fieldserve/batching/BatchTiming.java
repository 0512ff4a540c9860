package io.fieldserve.batching;

/**
 * How one piece of work went.
 *
 * @param queuedNanos from arrival to the start of its batch
 * @param runNanos from then to its result
 * @param items cases in the batch that it was part of
 */
public record BatchTiming(long queuedNanos, long runNanos, int items) {
    static final BatchTiming NONE = new BatchTiming(0, 0, 0);
}
