package io.fieldserve.prediction;

import io.fieldserve.surrogate.Guarantee;
import java.util.List;

/**
 * What an interval promises and where the promise comes from.
 *
 * @param level nominal probability
 * @param coverage measured on cases that neither training nor calibration saw
 * @param calibrationCases number of cases behind the scale
 * @param grid on which they were
 */
public record IntervalStatement(
        double level, Guarantee guarantee, double coverage, int calibrationCases, List<Integer> grid) {}
