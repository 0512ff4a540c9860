package io.fieldserve.surrogate;

/** Closed interval of values. */
public record ValueRange(double minimum, double maximum) {

    /** Whether {@code [low, high]} lies within this range, give or take a relative {@code tolerance} of its length. */
    public boolean encloses(double low, double high, double tolerance) {
        double margin = tolerance * (maximum - minimum);
        return low >= minimum - margin && high <= maximum + margin;
    }
}
