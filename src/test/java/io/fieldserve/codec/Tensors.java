package io.fieldserve.codec;

import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.Random;

/** Tensors to encode, over memory of their own that nothing has to account for. */
final class Tensors {
    private Tensors() {}

    static Tensor of(Shape shape, float... values) {
        Tensor tensor = allocate(shape);
        tensor.floats().put(values);
        return tensor;
    }

    /** Numbers of every magnitude, subnormal ones and zeros of both signs among them; all finite. */
    static Tensor random(Shape shape, long seed) {
        Random random = new Random(seed);
        Tensor tensor = allocate(shape);
        for (int i = 0; i < shape.elements(); i++) {
            float value = Float.intBitsToFloat(random.nextInt() & (i % 5 == 0 ? 0x807fffff : -1));
            tensor.floats().put(i, Float.isFinite(value) ? value : -0f);
        }
        return tensor;
    }

    private static Tensor allocate(Shape shape) {
        ByteBuffer memory = ByteBuffer.allocateDirect((int) shape.elements() * Float.BYTES);
        return Tensor.wrap(DataType.FLOAT32, shape, memory, () -> {});
    }
}
