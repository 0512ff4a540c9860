package io.fieldserve.prediction;

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

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            owned.pop().close();
        }
    }
}
