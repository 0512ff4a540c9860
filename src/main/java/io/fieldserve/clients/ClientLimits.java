package io.fieldserve.clients;

import io.fieldserve.prediction.Scope;
import io.github.bucket4j.TimeMeter;
import java.util.Optional;

/** Keeps each client within its bounds. Safe for use from several threads. */
public final class ClientLimits {
    private final Optional<RequestsAtOnce> atOnce;
    private final Optional<RequestRate> rate;

    public ClientLimits(ClientBounds bounds) {
        this(bounds, TimeMeter.SYSTEM_NANOTIME);
    }

    ClientLimits(ClientBounds bounds, TimeMeter clock) {
        this.atOnce = bounds.requests().isPresent()
                ? Optional.of(new RequestsAtOnce(bounds.requests().getAsInt()))
                : Optional.empty();
        this.rate = bounds.rate().isPresent() ? Optional.of(new RequestRate(bounds, clock)) : Optional.empty();
    }

    /** Whether there is anything to keep to. */
    boolean any() {
        return atOnce.isPresent() || rate.isPresent();
    }

    /**
     * Takes a request of a client on. One that is refused for its client's other requests doesn't count towards the rate.
     *
     * @return to be closed exactly once, when the request is answered
     * @throws io.fieldserve.prediction.FailureException the client has as many requests in flight as it may, or asks too often
     */
    Scope.Closeable enter(Client client) {
        Scope.Closeable place = atOnce.map(limit -> limit.enter(client)).orElse(() -> {});
        try {
            rate.ifPresent(limit -> limit.count(client));
            return place;
        } catch (RuntimeException | Error e) {
            place.close();
            throw e;
        }
    }

    /** Clients that have requests in flight, as far as these are limited. */
    public int clientsInFlight() {
        return atOnce.map(RequestsAtOnce::clients).orElse(0);
    }

    /** Clients whose rate is remembered. */
    long clientsRemembered() {
        return rate.map(RequestRate::clients).orElse(0L);
    }
}
