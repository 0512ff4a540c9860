package io.fieldserve.surrogate;

import java.util.List;

/**
 * Mean error on held-out cases.
 *
 * @param metric such as {@code relative_l2}
 * @param ensemble of the ensemble mean
 * @param members of each member alone
 */
public record TestError(
        String field, String metric, List<Integer> grid, int cases, double ensemble, List<Double> members) {}
