package io.fieldserve.batching;

import java.time.Duration;

/**
 * What the process takes on at a time.
 *
 * @param requests admitted and not yet answered
 * @param bytes of their bodies, as announced
 * @param backlog how long the work that waits already may be likely to take
 */
public record AdmissionBounds(int requests, long bytes, Duration backlog) {

    public AdmissionBounds {
        if (requests < 1 || bytes < 1 || !backlog.isPositive()) {
            throw new IllegalArgumentException(
                    "at least a request, a byte and some time must be admitted, not %d, %d and %s"
                            .formatted(requests, bytes, backlog));
        }
    }
}
