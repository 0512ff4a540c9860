package io.fieldserve.prediction;

import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.util.ArrayDeque;
import java.util.Deque;

/** Things to be closed together, once, in reverse order. For use by one thread at a time. */
public final class Scope implements AutoCloseable {

    /** Something whose closing throws no checked exception. */
    @FunctionalInterface
    public interface Closeable {
        void close();
    }

    private final Deque<Closeable> owned = new ArrayDeque<>();

    /** Takes over the duty to close {@code resource}. */
    public void own(Closeable resource) {
        owned.push(resource);
    }

    /** Memory that goes back when this is closed. */
    public TensorAllocator allocating(TensorAllocator allocator) {
        return (type, shape) -> {
            Tensor tensor = allocator.allocate(type, shape);
            own(tensor::close);
            return tensor;
        };
    }

    /** Closes all of them, also when one of them throws, which is thrown in the end. */
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
