package io.fieldserve.prediction;

/**
 * Bounds on one request, whatever the surrogate allows.
 *
 * @param batch cases
 * @param points grid points over the whole batch; what bounds the memory of a run
 */
public record RequestLimits(int batch, long points) {

    public RequestLimits {
        if (batch < 1 || points < 1) {
            throw new IllegalArgumentException(
                    "a request needs at least one case and one point, not %d and %d".formatted(batch, points));
        }
    }
}
