package io.fieldserve.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.io.IOException;

/**
 * A tensor as nested JSON arrays of numbers, in the digits of a {@link Precision}. NaN and infinities, for which JSON
 * has no numbers, are written as {@code null}.
 */
public final class JsonArrayEncoder {
    private JsonArrayEncoder() {}

    /**
     * Writes the tensor as one value of the given shape; a shape of rank zero gives a bare number.
     *
     * @param generator of text
     * @throws IllegalArgumentException if the shape has another number of elements than the tensor
     */
    public static void write(JsonGenerator generator, Tensor tensor, Shape shown, Precision precision)
            throws IOException {
        if (shown.elements() != tensor.shape().elements()) {
            throw new IllegalArgumentException("Cannot show " + tensor + " as " + shown);
        }
        writeLevel(generator, new NumberText(tensor.floats(), precision), shown, 0);
    }

    private static void writeLevel(JsonGenerator generator, NumberText numbers, Shape shown, int axis)
            throws IOException {
        int rank = shown.rank();
        if (axis == rank) {
            numbers.write(1, generator);
            return;
        }
        generator.writeStartArray();
        if (axis == rank - 1) {
            numbers.write(shown.dim(axis), generator);
        } else {
            for (long i = 0; i < shown.dim(axis); i++) {
                writeLevel(generator, numbers, shown, axis + 1);
            }
        }
        generator.writeEndArray();
    }
}
