package io.fieldserve.prediction;

import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.util.concurrent.atomic.AtomicInteger;

/** A pool that runs out of direct memory after a number of allocations. */
final class ScarceMemory implements TensorAllocator {
    private final TensorAllocator pool;
    private final AtomicInteger left;

    ScarceMemory(TensorAllocator pool, int allocations) {
        this.pool = pool;
        this.left = new AtomicInteger(allocations);
    }

    @Override
    public Tensor allocate(DataType type, Shape shape) {
        if (left.getAndDecrement() <= 0) {
            throw new OutOfMemoryError("Cannot reserve direct buffer memory");
        }
        return pool.allocate(type, shape);
    }
}
