package io.fieldserve.clients;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What one client may ask for; where nothing is said there is no limit.
 *
 * @param requests in flight at once
 * @param rate requests a second, in the long run
 * @param burst requests that may come at once after a pause; a second's worth where it isn't said
 */
public record ClientBounds(OptionalInt requests, OptionalDouble rate, OptionalInt burst) {

    public ClientBounds {
        if (requests.isPresent() && requests.getAsInt() < 1) {
            throw new IllegalArgumentException("a client needs at least one request, not " + requests.getAsInt());
        }
        if (rate.isPresent() && !(rate.getAsDouble() >= 1e-6 && rate.getAsDouble() <= 1e6)) {
            throw new IllegalArgumentException("a rate is between 1e-6 and 1e6 a second, not " + rate.getAsDouble());
        }
        if (burst.isPresent() && (rate.isEmpty() || burst.getAsInt() < 1)) {
            throw new IllegalArgumentException("a burst needs a rate, and is at least 1");
        }
    }

    /** Requests that may come at once after a pause. */
    long capacity() {
        return burst.isPresent() ? burst.getAsInt() : Math.max(1, (long) Math.ceil(rate.orElse(1)));
    }

    /** Time in which one more request becomes due. */
    Duration interval() {
        return Duration.ofNanos(Math.round(1e9 / rate.orElseThrow()));
    }
}
