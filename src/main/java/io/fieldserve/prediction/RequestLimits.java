package io.fieldserve.prediction;

/**
 * Bounds on one request, whatever the surrogate allows.
 *
 * @param batch cases
 * @param points grid points over the whole batch; what bounds the memory of a run
 */
public record RequestLimits(int batch, long points) {}
