package io.fieldserve.batching;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * The place of one piece of work in its lane. It ends exactly once: with a result, with the failure of its run, or by
 * being dropped, which is possible only until a batch takes it.
 */
public final class Ticket<W, R> implements Comparable<Ticket<?, ?>> {
    private final Batcher batcher;
    private final Lane<W, R> lane;
    private final W work;
    private final Size size;
    private final Urgency urgency;
    private final long number;
    private final long queuedAt;
    private final CompletableFuture<R> outcome = new CompletableFuture<>();
    private volatile BatchTiming timing = BatchTiming.NONE;

    Ticket(Batcher batcher, Lane<W, R> lane, W work, Size size, Urgency urgency, long number, long queuedAt) {
        this.batcher = batcher;
        this.lane = lane;
        this.work = work;
        this.size = size;
        this.urgency = urgency;
        this.number = number;
        this.queuedAt = queuedAt;
    }

    /**
     * Waits for the end. Work whose deadline passes while it waits is dropped; once it is running it is waited for, as
     * its input is in use until then. An interrupt counts as the deadline.
     *
     * @return the result, which is the caller's to close
     * @throws DroppedException it was dropped before it ran
     * @throws RuntimeException its run failed with this
     */
    public R await() {
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            batcher.drop(this, DroppedException.Cause.DEADLINE);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
        try {
            return outcome.join();
        } catch (CompletionException e) {
            throw rethrown(e.getCause());
        }
    }

    /** Drops the work if it is still waiting, because nobody wants it any more; else does nothing. */
    public void cancel() {
        batcher.drop(this, DroppedException.Cause.CANCELLED);
    }

    /** How its run went, if there was one. Complete once {@link #await} has ended. */
    public BatchTiming timing() {
        return timing;
    }

    /** By priority, then in the order of arrival. */
    @Override
    public int compareTo(Ticket<?, ?> other) {
        int byPriority = urgency.priority().compareTo(other.urgency.priority());
        return byPriority != 0 ? byPriority : Long.compare(number, other.number);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    Lane<W, R> lane() {
        return lane;
    }

    W work() {
        return work;
    }

    Size size() {
        return size;
    }

    long queuedAt() {
        return queuedAt;
    }

    Deadline deadline() {
        return urgency.deadline();
    }

    long number() {
        return number;
    }

    void succeed(R result, BatchTiming how) {
        timing = how;
        outcome.complete(result);
    }

    /** Ends with the failure of its run. */
    void fail(Throwable failure, BatchTiming how) {
        timing = how;
        fail(failure);
    }

    void fail(Throwable failure) {
        outcome.completeExceptionally(failure);
    }

    private static RuntimeException rethrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }
}
