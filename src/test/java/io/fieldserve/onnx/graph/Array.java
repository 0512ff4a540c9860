package io.fieldserve.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;

/** An array of numbers and its shape. */
final class Array {

    private final long[] shape;
    private final float[] values;

    Array(long[] shape, float[] values) {
        this.shape = shape;
        this.values = values;
    }

    long[] shape() {
        return shape;
    }

    float[] values() {
        return values;
    }

    /** Same shape, and ||this - other|| at most {@code tolerance} of ||other||. */
    void assertCloseTo(Array other, double tolerance) {
        assertThat(shape).isEqualTo(other.shape);
        double difference = 0;
        double norm = 0;
        for (int index = 0; index < values.length; index++) {
            difference += Math.pow((double) values[index] - other.values[index], 2);
            norm += Math.pow(other.values[index], 2);
        }
        assertThat(Math.sqrt(difference / norm)).isLessThanOrEqualTo(tolerance);
    }
}
