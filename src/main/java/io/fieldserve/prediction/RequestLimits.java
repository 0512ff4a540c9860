package io.fieldserve.prediction;

import java.time.Duration;

/**
 * Bounds on one request, whatever the surrogate allows.
 *
 * @param batch cases
 * @param points grid points over the whole batch; what bounds the memory of a run
 * @param time until it must have begun to run
 */
public record RequestLimits(int batch, long points, Duration time) {

    public RequestLimits {
        if (batch < 1 || points < 1 || !time.isPositive()) {
            throw new IllegalArgumentException(
                    "a request needs at least one case, one point and some time, not %d, %d and %s"
                            .formatted(batch, points, time));
        }
    }
}
