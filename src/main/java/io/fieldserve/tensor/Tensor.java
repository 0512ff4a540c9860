package io.fieldserve.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A C-ordered, little-endian array in direct memory.
 *
 * <p>A tensor either owns its memory or is a view of another tensor's. Closing an owner gives the memory back, exactly
 * once; closing a view only ends the view. Closing twice, and any use after closing (for a view: after closing it or
 * the tensor it came from), throws {@link IllegalStateException}. Buffers obtained earlier must not be touched after
 * the owner is closed: their memory may by then belong to another tensor.
 *
 * <p>Reading and writing elements from several threads needs the care that it needs with any buffer; closing is safe
 * from any thread.
 */
public final class Tensor implements AutoCloseable {
    private final DataType dataType;
    private final Shape shape;
    private final ByteBuffer memory;
    private final Tensor owner;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Tensor(DataType dataType, Shape shape, ByteBuffer memory, Tensor owner, Runnable release) {
        this.dataType = dataType;
        this.shape = shape;
        this.memory = memory;
        this.owner = owner;
        this.release = release;
    }

    /**
     * A tensor over memory that something else provides, from the buffer's start. The tensor owns the memory from now
     * on, and runs {@code release} exactly once, when it is closed.
     *
     * @throws IllegalArgumentException if the buffer isn't direct or its capacity is below what the shape needs
     */
    public static Tensor wrap(DataType dataType, Shape shape, ByteBuffer memory, Runnable release) {
        int bytes = byteSize(dataType, shape);
        if (!memory.isDirect() || memory.capacity() < bytes) {
            throw new IllegalArgumentException("A tensor of shape " + shape + " needs a direct buffer of at least "
                    + bytes + " bytes, got " + memory);
        }
        return new Tensor(dataType, shape, memory.duplicate().clear().slice(0, bytes), null, release);
    }

    /**
     * A new tensor that holds the given ones one behind the other along the first dimension. They have one type and
     * agree in all other dimensions; they stay the caller's.
     */
    public static Tensor stack(List<Tensor> parts, TensorAllocator allocator) {
        Tensor first = parts.getFirst();
        long entries = 0;
        for (Tensor part : parts) {
            if (part.dataType != first.dataType || !part.shape.drop(0, 1).equals(first.shape.drop(0, 1))) {
                throw new IllegalArgumentException("Cannot stack " + parts);
            }
            entries += part.shape.dim(0);
        }
        Tensor stacked = allocator.allocate(first.dataType, first.shape.withDim(0, entries));
        ByteBuffer target = stacked.bytes();
        for (Tensor part : parts) {
            target.put(part.bytes());
        }
        return stacked;
    }

    public DataType dataType() {
        return dataType;
    }

    public Shape shape() {
        return shape;
    }

    /** All bytes: direct, little-endian, from position zero to the tensor's size. Each call gives a fresh buffer. */
    public ByteBuffer bytes() {
        requireOpen();
        return memory.duplicate().clear().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** All elements of a {@code float32} tensor, from position zero. Each call gives a fresh buffer. */
    public FloatBuffer floats() {
        if (dataType != DataType.FLOAT32) {
            throw new IllegalStateException("Not a float32 tensor: " + dataType.wireName());
        }
        return bytes().asFloatBuffer();
    }

    /** A view of the same elements under another shape with as many elements. */
    public Tensor view(Shape other) {
        requireOpen();
        if (other.elements() != shape.elements()) {
            throw new IllegalArgumentException("Cannot view " + shape + " as " + other);
        }
        return viewOf(other, memory);
    }

    /** A view of the entries {@code from}, inclusive, to {@code to}, exclusive, along the first dimension. */
    public Tensor batchSlice(long from, long to) {
        requireOpen();
        if (shape.rank() == 0 || from < 0 || to < from || to > shape.dim(0)) {
            throw new IndexOutOfBoundsException("No entries " + from + " to " + to + " in " + shape);
        }
        int entryBytes = byteSize(dataType, shape.drop(0, 1));
        Shape part = shape.withDim(0, to - from);
        ByteBuffer slice = memory.slice(Math.toIntExact(from * entryBytes), byteSize(dataType, part));
        return viewOf(part, slice);
    }

    /**
     * Moves the ownership of this tensor's memory to a new tensor of another shape, which may need fewer bytes but not
     * more. This tensor is closed by that, without giving anything back.
     */
    public Tensor transfer(Shape other) {
        if (owner != null) {
            throw new IllegalStateException("A view owns no memory to transfer");
        }
        int bytes = byteSize(dataType, other);
        if (bytes > memory.capacity()) {
            throw new IllegalArgumentException("Cannot transfer " + shape + " as " + other);
        }
        markClosed();
        return new Tensor(dataType, other, memory.slice(0, bytes), null, release);
    }

    @Override
    public void close() {
        markClosed();
        release.run();
    }

    @Override
    public String toString() {
        return dataType.wireName() + shape;
    }

    static int byteSize(DataType dataType, Shape shape) {
        if (shape.elements() > Integer.MAX_VALUE / dataType.bytes()) {
            throw new IllegalArgumentException("A " + dataType.wireName() + " tensor of shape " + shape
                    + " needs more than " + Integer.MAX_VALUE + " bytes, the most that one buffer can address");
        }
        return (int) shape.elements() * dataType.bytes();
    }

    private Tensor viewOf(Shape part, ByteBuffer slice) {
        return new Tensor(dataType, part, slice, this, () -> {});
    }

    private void markClosed() {
        if (!closed.compareAndSet(false, true)) {
            throw new IllegalStateException("Already closed: " + this);
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("Used after closing: " + this);
        }
        if (owner != null) {
            owner.requireOpen();
        }
    }
}
