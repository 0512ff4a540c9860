package io.fieldserve.surrogate;

import io.fieldserve.tensor.DataType;
import java.util.List;

/**
 * One input or output field. Its array is {@code [B, channels, axes...]}, axes slowest first.
 *
 * @param symbol the field's symbol in the equation, in LaTeX
 * @param axes names of the spatial axes; every field of a surrogate with axes shares one grid
 * @param unit of the values, {@code 1} for dimensionless
 * @param range smallest and largest value seen in training
 * @param finite whether NaN and infinities are refused
 */
public record Field(
        String name,
        String symbol,
        String description,
        List<String> axes,
        int channels,
        String unit,
        DataType dtype,
        ValueRange range,
        boolean finite) {

    public Field {
        axes = List.copyOf(axes);
    }

    /** Number of spatial axes. */
    public int dimensions() {
        return axes.size();
    }
}
