package io.fieldserve.batching;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Decides whether a request is taken on, before anything is spent on it.
 *
 * <p>How much is taken on adapts to what work costs: the bound on the backlog is in seconds, not in requests. The gate
 * guards the queue that it asks, so the time a newcomer would wait is known rather than guessed from latencies.
 *
 * <p>Safe for use from several threads; the counts are exact.
 */
public final class AdmissionGate {
    private final AdmissionBounds bounds;
    private final Supplier<Duration> backlog;
    private int requests;
    private long bytes;
    private boolean draining;

    /** A gate in front of a queue that tells how long its work is likely to take. */
    public AdmissionGate(AdmissionBounds bounds, Supplier<Duration> backlog) {
        this.bounds = bounds;
        this.backlog = backlog;
    }

    /**
     * Takes a request on.
     *
     * @param size of its body as far as it is known
     * @return to be closed once the request is answered
     * @throws OverloadException it can't be taken on for now
     * @throws DroppedException nothing is taken on any more
     */
    public Permit enter(long size) {
        Duration wait = backlog.get();
        if (wait.compareTo(bounds.backlog()) > 0) {
            throw new OverloadException("the work that waits takes longer than may be waited for", wait);
        }
        synchronized (this) {
            if (draining) {
                throw new DroppedException(DroppedException.Cause.CLOSED);
            }
            if (requests >= bounds.requests()) {
                throw new OverloadException("as many requests as may be are in flight", wait);
            }
            // A request alone is always let through: what one may weigh is bounded elsewhere.
            if (requests > 0 && size > bounds.bytes() - bytes) {
                throw new OverloadException("the requests in flight weigh as much as they may", wait);
            }
            requests++;
            bytes += size;
        }
        return new Permit(size);
    }

    /** Requests admitted and not yet answered. */
    public synchronized int requests() {
        return requests;
    }

    /** Bytes of their bodies. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Takes nothing on any more, and waits until all that was taken on is answered, though not for longer than this. */
    public synchronized void drain(Duration patience) {
        draining = true;
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toNanos(); requests > 0 && left > 0; left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void leave(long size) {
        requests--;
        bytes -= size;
        notifyAll();
    }

    /** One request's place, to be given back exactly once. */
    public final class Permit implements AutoCloseable {
        private final long size;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Permit(long size) {
            this.size = size;
        }

        @Override
        public void close() {
            if (!closed.compareAndSet(false, true)) {
                throw new IllegalStateException("The permit was given back before");
            }
            leave(size);
        }
    }
}
