package io.fieldserve.prediction;

import java.util.Locale;

/** An array that a prediction can give of each output field. */
public enum Quantity {
    /** Mean over the members. */
    MEAN,
    /** Sample standard deviation over the members: tracks the error, but is not an interval. */
    STD,
    /** Lower end of the calibrated interval. */
    LOWER,
    /** Upper end of the calibrated interval. */
    UPPER,
    /** Every member's own solution, stacked along a leading axis. */
    MEMBERS;

    /** Name in query parameters, JSON and NPZ. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
