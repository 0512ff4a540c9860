package io.fieldserve.tensor;

/** Where tensors get their memory. Implementations are safe for use by several threads at once. */
public interface TensorAllocator {
    /**
     * A tensor over direct memory that the caller owns and must close. Its contents are undefined: whatever was there
     * before may show, so every element has to be written before it is read.
     *
     * @throws IllegalArgumentException if the tensor would need more than 2^31 - 1 bytes, the most a buffer can address
     * @throws SlabLimitException if that much is not to be had for now; nothing has been taken then
     */
    Tensor allocate(DataType type, Shape shape);
}
