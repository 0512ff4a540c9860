package io.fieldserve.uncertainty;

import io.fieldserve.surrogate.ValueRange;
import io.fieldserve.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Smallest and largest value of each case. */
public final class FieldRange {

    private FieldRange() {}

    /** The ranges of a batch {@code [B, ...]}; NaN is passed over. */
    public static List<ValueRange> ofEachCase(Tensor batch) {
        FloatBuffer values = batch.floats();
        int cases = Math.toIntExact(batch.shape().dim(0));
        int points = values.capacity() / cases;
        List<ValueRange> ranges = new ArrayList<>(cases);
        for (int item = 0; item < cases; item++) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (int point = item * points; point < (item + 1) * points; point++) {
                float value = values.get(point);
                low = value < low ? value : low;
                high = value > high ? value : high;
            }
            ranges.add(new ValueRange(low, high));
        }
        return ranges;
    }
}
