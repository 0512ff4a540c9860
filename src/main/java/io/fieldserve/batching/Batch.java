package io.fieldserve.batching;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Tickets that run together, from being taken to their ends. Whichever thread ends the last part ends the batch. */
final class Batch<W, R> {
    private final Flow flow;
    private final Lane<W, R> lane;
    private final List<Ticket<W, R>> tickets;
    private final long takenAt;
    private final double estimate;
    private final AtomicInteger remaining = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private BatchRun<R> run;

    Batch(Flow flow, Lane<W, R> lane, List<Ticket<W, R>> tickets, long takenAt) {
        this.flow = flow;
        this.lane = lane;
        this.tickets = tickets;
        this.takenAt = takenAt;
        this.estimate = flow.estimate(size());
    }

    int threadsPerPart() {
        return lane.threadsPerPart();
    }

    List<Ticket<W, R>> tickets() {
        return tickets;
    }

    /** Thread nanoseconds that it was thought to take when it was taken. */
    double estimate() {
        return estimate;
    }

    Flow flow() {
        return flow;
    }

    /** Of what is run: less than was taken once {@link #start} has dropped what came too late. */
    Size size() {
        return tickets.stream().map(Ticket::size).reduce(Size.NONE, Size::plus);
    }

    /** Thread nanoseconds that its parts have taken so far. */
    long nanos() {
        return nanos.get();
    }

    /** Drops what came too late and prepares the rest; gives what there is to do, if anything is left. */
    List<Runnable> start(long now) {
        List<Ticket<W, R>> late =
                tickets.stream().filter(ticket -> ticket.deadline().passed(now)).toList();
        late.forEach(ticket -> ticket.fail(new DroppedException(DroppedException.Cause.DEADLINE)));
        tickets.removeAll(late);
        if (tickets.isEmpty()) {
            return List.of();
        }
        try {
            run = lane.start(tickets.stream().map(Ticket::work).toList());
            remaining.set(run.parts().size());
            return run.parts();
        } catch (RuntimeException | Error e) {
            fail(e);
            return List.of();
        }
    }

    /** Runs one part; true if it was the last. Never throws. */
    boolean run(Runnable part) {
        long start = System.nanoTime();
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
        nanos.addAndGet((System.nanoTime() - start) * lane.threadsPerPart());
        return remaining.decrementAndGet() == 0;
    }

    /** Ends every ticket. Called once, after the last part. Never throws. */
    void end() {
        Throwable failed = failure.get();
        try {
            if (failed != null) {
                run.abandon();
                fail(failed);
            } else {
                succeed(run.finish());
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void succeed(List<R> results) {
        long ended = System.nanoTime();
        int cases = size().items();
        for (int i = 0; i < results.size(); i++) {
            Ticket<W, R> ticket = tickets.get(i);
            ticket.succeed(results.get(i), new BatchTiming(takenAt - ticket.queuedAt(), ended - takenAt, cases));
        }
    }

    private void fail(Throwable why) {
        long ended = System.nanoTime();
        int cases = size().items();
        tickets.forEach(
                ticket -> ticket.fail(why, new BatchTiming(takenAt - ticket.queuedAt(), ended - takenAt, cases)));
    }
}
