package io.fieldserve.openinference.grpc;

import io.fieldserve.prediction.Scope;
import java.util.concurrent.atomic.AtomicInteger;

/** A request's place, given back once both its work and its call have ended, in either order. */
final class Place {
    private final Scope place;
    private final AtomicInteger holders = new AtomicInteger(2);

    Place(Scope place) {
        this.place = place;
    }

    /** One of the two has ended. */
    void ended() {
        if (holders.decrementAndGet() == 0) {
            place.close();
        }
    }
}
