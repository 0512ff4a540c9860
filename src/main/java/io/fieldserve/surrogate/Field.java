package io.fieldserve.surrogate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fieldserve.tensor.DataType;
import java.util.List;
import java.util.Optional;

/**
 * One input or output field. Its array is {@code [B, channels, axes...]}, axes slowest first.
 *
 * <p>A manifest says all of it but {@code shape}. Of a field of a {@linkplain PlainModel plain model}, whoever made the
 * graph has stated no symbol, description, unit or range.
 *
 * @param symbol the field's symbol in the equation, in LaTeX
 * @param axes names of the spatial axes; every field of a manifest with axes shares one grid
 * @param unit of the values, {@code 1} for dimensionless
 * @param range smallest and largest value seen in training
 * @param finite whether NaN and infinities are refused
 * @param shape of a plain model's array as its graph has it, batch and channels included, -1 where any length goes; {@code
 *     [B]} for a number a case
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Field(
        String name,
        Optional<String> symbol,
        Optional<String> description,
        List<String> axes,
        int channels,
        Optional<String> unit,
        DataType dtype,
        Optional<ValueRange> range,
        boolean finite,
        Optional<List<Integer>> shape) {

    /** Batch and channel come before the spatial axes. */
    public static final int LEADING_AXES = 2;

    public Field {
        axes = List.copyOf(axes);
        shape = shape.map(List::copyOf);
    }

    /** A field as a manifest has it. */
    @JsonCreator
    Field(
            @JsonProperty("name") String name,
            @JsonProperty("symbol") Optional<String> symbol,
            @JsonProperty("description") Optional<String> description,
            @JsonProperty("axes") List<String> axes,
            @JsonProperty("channels") int channels,
            @JsonProperty("unit") Optional<String> unit,
            @JsonProperty("dtype") DataType dtype,
            @JsonProperty("range") Optional<ValueRange> range,
            @JsonProperty("finite") boolean finite) {
        this(name, symbol, description, axes, channels, unit, dtype, range, finite, Optional.empty());
    }

    /** Number of spatial axes. */
    public int dimensions() {
        return axes.size();
    }
}
