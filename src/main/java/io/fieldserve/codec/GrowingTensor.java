package io.fieldserve.codec;

import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Elements that arrive one after another, in direct memory that grows with what has arrived and not with what was
 * announced, be it by the body or by its transport: it starts at no more than 64 KiB and doubles when full, up to the
 * limit. So it holds at most twice what it was given, plus 64 KiB; for the length of a copy, the memory it grows out of
 * as well.
 *
 * <p>Owns its memory until {@link #finish} hands it over; closing it before that releases the memory, and afterwards
 * does nothing.
 */
final class GrowingTensor implements AutoCloseable {
    private static final long START = (1L << 16) / DataType.FLOAT32.bytes();

    private final TensorAllocator allocator;
    private final long limit;
    private Tensor tensor;
    private ByteBuffer bytes;
    private FloatBuffer floats;

    private GrowingTensor(TensorAllocator allocator, long limit, long capacity) {
        this.allocator = allocator;
        this.limit = limit;
        use(allocator.allocate(DataType.FLOAT32, Shape.of(capacity)));
    }

    /** Room for up to {@code limit} elements, taken as they arrive. */
    static GrowingTensor upTo(TensorAllocator allocator, long limit) {
        return new GrowingTensor(allocator, limit, Math.min(limit, START));
    }

    /** Room for up to {@code limit} elements, taken as they arrive, of which not many more than {@code likely} will. */
    static GrowingTensor upTo(TensorAllocator allocator, long limit, long likely) {
        return new GrowingTensor(allocator, limit, Math.min(limit, Math.min(START, Math.max(1, likely))));
    }

    /** The number of elements so far. */
    int elements() {
        return floats.position();
    }

    boolean full() {
        return floats.position() == limit;
    }

    void append(float value) {
        if (!floats.hasRemaining()) {
            grow(1);
        }
        floats.put(value);
    }

    /** Appends little-endian elements: the first {@code length} bytes of the chunk, a multiple of four. */
    void append(byte[] chunk, int length) {
        int count = length / DataType.FLOAT32.bytes();
        if (floats.remaining() < count) {
            grow(count);
        }
        bytes.put(floats.position() * DataType.FLOAT32.bytes(), chunk, 0, length);
        floats.position(floats.position() + count);
    }

    /** The elements so far, from {@code from} on. Not to be used after the next call that appends. */
    FloatBuffer since(int from) {
        return floats.duplicate().flip().position(from);
    }

    /** Hands the elements over as a tensor of the given shape, which has as many elements as have come. */
    Tensor finish(Shape shape) {
        if (shape.elements() != elements()) {
            throw new IllegalStateException(elements() + " elements cannot take the shape " + shape);
        }
        Tensor finished = tensor.transfer(shape);
        tensor = null;
        return finished;
    }

    @Override
    public void close() {
        if (tensor != null) {
            tensor.close();
            tensor = null;
        }
    }

    private void grow(int more) {
        long needed = (long) elements() + more;
        if (needed > limit) {
            throw new IllegalStateException("More than " + limit + " elements");
        }
        // Powers of two, whatever it started with, so that the slabs of a pool have no room beyond them.
        long capacity = START;
        while (capacity < needed) {
            capacity *= 2;
        }
        Tensor outgrown = tensor;
        FloatBuffer arrived = since(0);
        use(allocator.allocate(DataType.FLOAT32, Shape.of(Math.min(limit, capacity))));
        floats.put(arrived);
        outgrown.close();
    }

    private void use(Tensor memory) {
        tensor = memory;
        bytes = memory.bytes();
        floats = memory.floats();
    }
}
