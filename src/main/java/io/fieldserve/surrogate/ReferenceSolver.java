package io.fieldserve.surrogate;

import java.util.List;

/**
 * The numerical method that a speed-up is measured against.
 *
 * @param secondsPerSolve wall time of one solve on {@code grid}, one thread, on {@code hardware}
 * @param relativeL2 its own error at that grid and tolerance against the data's reference solution
 */
public record ReferenceSolver(
        String name, List<Integer> grid, double secondsPerSolve, double relativeL2, String hardware) {}
