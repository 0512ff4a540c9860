package io.fieldserve.prediction;

import io.fieldserve.surrogate.Calibration;
import io.fieldserve.surrogate.Guarantee;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a caller asks for beside the inputs.
 *
 * @param level of the interval, such as 0.9
 * @param guarantee of the interval
 * @param members how many members take part; all of them if empty
 * @param outputs the quantities wanted; if empty, mean and std, and the interval where the grid is calibrated
 */
public record PredictionOptions(double level, Guarantee guarantee, OptionalInt members, Set<Quantity> outputs) {

    public PredictionOptions {
        outputs = Set.copyOf(outputs);
    }

    /** What is taken when nothing is asked for. */
    public static PredictionOptions defaults() {
        return new PredictionOptions(Calibration.DEFAULT_LEVEL, Guarantee.POINTWISE, OptionalInt.empty(), Set.of());
    }
}
