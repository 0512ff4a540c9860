package io.fieldserve.surrogate;

import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers into tensors and out again. */
public final class FieldArrays {
    /** Direct memory that the garbage collector takes back, so that nobody needs to close it. */
    public static final TensorAllocator UNPOOLED = (type, shape) -> Tensor.wrap(
            type, shape, ByteBuffer.allocateDirect(Math.toIntExact(shape.elements() * type.bytes())), () -> {});

    private FieldArrays() {}

    /** A pool whose memory is full of NaN, so that whatever a computation leaves out shows. */
    public static SlabPool poisonedSlabs() {
        SlabPool slabs = new SlabPool(1 << 20);
        List<Tensor> poisoned = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            float[] nothing = new float[1024];
            Arrays.fill(nothing, Float.NaN);
            poisoned.add(tensor(slabs, Shape.of(nothing.length), nothing));
        }
        poisoned.forEach(Tensor::close);
        return slabs;
    }

    /** A new tensor, which the caller closes; a single value fills it. */
    public static Tensor tensor(TensorAllocator allocator, Shape shape, float... values) {
        float[] all = values;
        if (values.length == 1) {
            all = new float[Math.toIntExact(shape.elements())];
            Arrays.fill(all, values[0]);
        }
        if (all.length != shape.elements()) {
            throw new IllegalArgumentException(values.length + " values for " + shape);
        }
        Tensor tensor = allocator.allocate(DataType.FLOAT32, shape);
        tensor.floats().put(all);
        return tensor;
    }

    /** All elements of a tensor. */
    public static float[] numbers(Tensor tensor) {
        float[] numbers = new float[Math.toIntExact(tensor.shape().elements())];
        tensor.floats().get(numbers);
        return numbers;
    }

    /** Closes all of them, in the given order. */
    public static void close(AutoCloseable... resources) {
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
