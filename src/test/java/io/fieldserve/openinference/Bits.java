package io.fieldserve.openinference;

import java.util.stream.IntStream;

/** Numbers by what they are made of, for comparisons in which -0 isn't 0, and NaN is itself. */
public final class Bits {

    private Bits() {}

    public static int[] of(float[] values) {
        return IntStream.range(0, values.length)
                .map(i -> Float.floatToRawIntBits(values[i]))
                .toArray();
    }
}
