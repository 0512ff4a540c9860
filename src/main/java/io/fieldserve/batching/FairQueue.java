package io.fieldserve.batching;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Everything that waits. The next batch comes from the flow that has used least of the machine, as in start-time fair
 * queueing (Goyal, Vin and Cheng 1996, doi 10.1145/248156.248171): a flooded flow waits for itself, not the others for
 * it. For use under the lock of its batcher.
 */
final class FairQueue {
    /** By the flow's own key; an entry goes with its key. */
    private final Map<Object, Flow> flows = new WeakHashMap<>();
    /** What the flow that was served last had used until then: where an idle flow begins anew. */
    private double virtualTime;

    void add(Ticket<?, ?> ticket) {
        Flow flow = flows.computeIfAbsent(ticket.lane().flow(), key -> new Flow());
        if (flow.isIdle()) {
            flow.resume(virtualTime);
        }
        flow.add(ticket);
    }

    boolean remove(Ticket<?, ?> ticket) {
        Flow flow = flows.get(ticket.lane().flow());
        return flow != null && flow.remove(ticket);
    }

    /** The next batch that may start, and its flow charged with what it is likely to cost. */
    Optional<Batch<?, ?>> take(long now) {
        Flow next = null;
        for (Flow flow : flows.values()) {
            if (flow.untilReady(now) == 0 && (next == null || flow.used() < next.used())) {
                next = flow;
            }
        }
        if (next == null) {
            return Optional.empty();
        }
        return Optional.of(take(next, next.ready(now).orElseThrow(), now));
    }

    private <W, R> Batch<W, R> take(Flow flow, LaneQueue<W, R> queue, long now) {
        Batch<W, R> batch = new Batch<>(flow, queue.lane(), queue.take(), now);
        flow.forgetIfEmpty(queue);
        virtualTime = flow.used();
        flow.charge(batch.estimate());
        return batch;
    }

    /** Nanoseconds until a batch may start, should nothing else come; none if nothing waits. */
    long untilReady(long now) {
        long soonest = Long.MAX_VALUE;
        for (Flow flow : flows.values()) {
            soonest = Math.min(soonest, flow.untilReady(now));
        }
        return soonest;
    }

    /** Thread nanoseconds that all that waits is likely to take. */
    double backlog() {
        return flows.values().stream()
                .mapToDouble(flow -> flow.estimate(flow.waiting()))
                .sum();
    }

    boolean isEmpty() {
        return flows.values().stream().allMatch(Flow::isIdle);
    }

    List<Ticket<?, ?>> drain() {
        List<Ticket<?, ?>> all = new ArrayList<>();
        flows.values().forEach(flow -> all.addAll(flow.drain()));
        return all;
    }
}
