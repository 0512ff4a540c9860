package io.fieldserve.clients;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.Scope;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts each client's requests in flight. A client without any is not remembered. */
final class RequestsAtOnce {
    private final int most;
    private final ConcurrentMap<Client, Integer> inFlight = new ConcurrentHashMap<>();

    RequestsAtOnce(int most) {
        this.most = most;
    }

    /** A place, to be given back exactly once. */
    Scope.Closeable enter(Client client) {
        inFlight.compute(client, (same, count) -> {
            int before = count == null ? 0 : count;
            if (before == most) {
                throw new Failure.TooManyAtOnce(most).asException();
            }
            return before + 1;
        });
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (!left.compareAndSet(false, true)) {
                throw new IllegalStateException("The place was given back before");
            }
            inFlight.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
        };
    }

    /** Clients that have requests in flight. */
    int clients() {
        return inFlight.size();
    }
}
