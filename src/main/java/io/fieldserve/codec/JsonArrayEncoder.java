package io.fieldserve.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;

/**
 * A tensor as nested JSON arrays of numbers. Each number has the fewest digits that identify it among all
 * {@code float32} numbers, so reading it back gives the same bits. NaN and infinities, for which JSON has no numbers,
 * are written as {@code null}.
 */
public final class JsonArrayEncoder {
    private JsonArrayEncoder() {}

    /**
     * Writes the tensor as one value of the given shape; a shape of rank zero gives a bare number.
     *
     * @throws IllegalArgumentException if the shape has another number of elements than the tensor
     */
    public static void write(JsonGenerator generator, Tensor tensor, Shape shown) throws IOException {
        if (shown.elements() != tensor.shape().elements()) {
            throw new IllegalArgumentException("Cannot show " + tensor + " as " + shown);
        }
        writeLevel(generator, tensor.floats(), shown, 0);
    }

    private static void writeLevel(JsonGenerator generator, FloatBuffer values, Shape shown, int axis)
            throws IOException {
        if (axis == shown.rank()) {
            writeNumber(generator, values.get());
            return;
        }
        generator.writeStartArray();
        for (long i = 0; i < shown.dim(axis); i++) {
            writeLevel(generator, values, shown, axis + 1);
        }
        generator.writeEndArray();
    }

    private static void writeNumber(JsonGenerator generator, float value) throws IOException {
        if (Float.isFinite(value)) {
            generator.writeNumber(value);
        } else {
            generator.writeNull();
        }
    }
}
