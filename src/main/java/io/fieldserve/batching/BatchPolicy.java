package io.fieldserve.batching;

import java.time.Duration;

/**
 * How far work of one lane is put together.
 *
 * @param items most cases in a batch
 * @param bytes most input bytes in a batch
 * @param delay how long work may be held back for more to come; zero to start whenever a thread is free
 */
public record BatchPolicy(int items, long bytes, Duration delay) {

    public BatchPolicy {
        if (items < 1 || bytes < 1 || delay.isNegative()) {
            throw new IllegalArgumentException(
                    "a batch needs at least a case and a byte and a delay of zero or more, not %d, %d and %s"
                            .formatted(items, bytes, delay));
        }
    }

    /** This policy without company: every piece of work is a batch of its own. */
    public BatchPolicy alone() {
        return new BatchPolicy(1, 1, Duration.ZERO);
    }

    /** Whether more would go in beside what is there already; into an empty batch, anything does. */
    boolean admits(Size present, Size more) {
        Size both = present.plus(more);
        return present.items() == 0 || (both.items() <= items && both.bytes() <= bytes);
    }

    boolean fills(Size waiting) {
        return waiting.items() >= items || waiting.bytes() >= bytes;
    }
}
