package io.fieldserve.batching;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The threads that run batches, and what waits for them.
 *
 * <p>Batching is natural: a free thread takes at once what waits, and what comes while all are busy makes the next
 * batch. A free thread first helps with the parts of a batch that has begun, so that a lone batch gets the whole machine
 * and a batch that ends on fewer threads than there are leaves no thread idle. A part begins only while fewer threads
 * are kept busy than there are.
 *
 * <p>Safe for use from several threads.
 */
public final class Batcher implements AutoCloseable {
    private final int threads;
    private final LongSupplier clock;
    private final List<Thread> workers = new ArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition sooner = lock.newCondition();
    private final FairQueue queue = new FairQueue();
    private final Deadlines deadlines = new Deadlines();
    private final Deque<Step> steps = new ArrayDeque<>();
    private int busy;
    private int unfinished;
    private long tickets;
    private boolean closed;

    /** What a thread does next. */
    private record Step(int threads, Runnable action) {}

    public Batcher(int threads) {
        this(threads, System::nanoTime);
    }

    /**
     * Starts the threads.
     *
     * @param clock nanoseconds, as {@link System#nanoTime} gives them
     */
    Batcher(int threads, LongSupplier clock) {
        if (threads < 1) {
            throw new IllegalArgumentException("At least one thread is needed, not " + threads);
        }
        this.threads = threads;
        this.clock = clock;
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofPlatform().name("inference-" + i).daemon().start(this::work));
        }
        workers.add(Thread.ofPlatform().name("deadlines").daemon().start(this::watchDeadlines));
    }

    /**
     * Puts work into its lane.
     *
     * @return its place, which must be waited for: what comes of it belongs to whoever waits
     * @throws DroppedException this batcher is closed
     */
    public <W, R> Ticket<W, R> submit(Lane<W, R> lane, W work, Size size, Urgency urgency) {
        lock.lock();
        try {
            if (closed) {
                throw new DroppedException(DroppedException.Cause.CLOSED);
            }
            Ticket<W, R> ticket = new Ticket<>(this, lane, work, size, urgency, tickets++, now());
            queue.add(ticket);
            changed.signal();
            if (deadlines.add(ticket)) {
                sooner.signal();
            }
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    /** How long all that waits now is likely to take, by what work of its kind took before. */
    public Duration backlog() {
        lock.lock();
        try {
            return Duration.ofNanos((long) (queue.backlog() / threads));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether every thread that work depends on is there. None ends before {@link #close}, but for an error where none can
     * be, such as a heap without room for what a thread notes down.
     */
    public boolean isWhole() {
        return workers.stream().allMatch(Thread::isAlive);
    }

    /** Drops all that waits, and returns when what is running has ended. */
    @Override
    public void close() {
        List<Ticket<?, ?>> dropped;
        lock.lock();
        try {
            closed = true;
            dropped = queue.drain();
            changed.signalAll();
            sooner.signal();
        } finally {
            lock.unlock();
        }
        dropped.forEach(ticket -> ticket.fail(new DroppedException(DroppedException.Cause.CLOSED)));
        workers.forEach(Batcher::joinUninterrupted);
    }

    void drop(Ticket<?, ?> ticket, DroppedException.Cause cause) {
        boolean removed;
        lock.lock();
        try {
            removed = queue.remove(ticket);
            deadlines.remove(ticket);
        } finally {
            lock.unlock();
        }
        if (removed) {
            ticket.fail(new DroppedException(cause));
        }
    }

    long now() {
        return clock.getAsLong();
    }

    private void work() {
        Step step = next();
        while (step != null) {
            step.action().run();
            step = next(step);
        }
    }

    /** Drops what has waited too long. One thread for all: most deadlines are met, and need no timer of their own. */
    private void watchDeadlines() {
        while (true) {
            List<Ticket<?, ?>> expired;
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                sooner.awaitNanos(deadlines.untilNext(now()));
                expired = deadlines.expire(now());
                expired.forEach(queue::remove);
            } catch (InterruptedException e) {
                throw new IllegalStateException("The watch over deadlines was interrupted", e);
            } finally {
                lock.unlock();
            }
            expired.forEach(ticket -> ticket.fail(new DroppedException(DroppedException.Cause.DEADLINE)));
        }
    }

    private Step next(Step done) {
        lock.lock();
        try {
            busy -= done.threads();
            if (done.threads() > 1) {
                changed.signalAll();
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to do; null once this is closed and all has ended. */
    private Step next() {
        lock.lock();
        try {
            while (true) {
                Step step = busy < threads ? poll() : null;
                if (step != null) {
                    busy += step.threads();
                    return step;
                }
                if (closed && unfinished == 0) {
                    changed.signalAll();
                    return null;
                }
                long pause = busy < threads ? queue.untilReady(now()) : Long.MAX_VALUE;
                changed.awaitNanos(pause);
            }
        } catch (InterruptedException e) {
            // Nobody but this class knows its threads.
            throw new IllegalStateException("A worker was interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private Step poll() {
        Step step = steps.poll();
        if (step != null) {
            return step;
        }
        return queue.take(now())
                .map(batch -> {
                    unfinished++;
                    batch.tickets().forEach(deadlines::remove);
                    return new Step(batch.threadsPerPart(), () -> begin(batch));
                })
                .orElse(null);
    }

    /** Prepares a batch, leaves all parts but one to whoever is free, and runs that one. */
    private void begin(Batch<?, ?> batch) {
        List<Runnable> parts = batch.start(now());
        if (parts.isEmpty()) {
            account(batch);
            return;
        }
        if (parts.size() > 1) {
            offer(batch, parts.subList(1, parts.size()));
        }
        run(batch, parts.getFirst());
    }

    private void offer(Batch<?, ?> batch, List<Runnable> parts) {
        lock.lock();
        try {
            for (Runnable part : parts) {
                steps.add(new Step(batch.threadsPerPart(), () -> run(batch, part)));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run(Batch<?, ?> batch, Runnable part) {
        if (batch.run(part)) {
            batch.end();
            account(batch);
        }
    }

    /** Sets what the batch cost against what its flow was charged for it. */
    private void account(Batch<?, ?> batch) {
        lock.lock();
        try {
            unfinished--;
            double nanos = (double) batch.nanos();
            batch.flow().charge(nanos - batch.estimate());
            if (nanos > 0) {
                batch.flow().learn(batch.size(), nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private static void joinUninterrupted(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
