package io.fieldserve.openinference.grpc;

import io.fieldserve.batching.AdmissionGate;
import java.util.concurrent.atomic.AtomicInteger;

/** A request's place, given back once both its work and its call have ended, in either order. */
final class Place {
    private final AdmissionGate.Permit permit;
    private final AtomicInteger holders = new AtomicInteger(2);

    Place(AdmissionGate.Permit permit) {
        this.permit = permit;
    }

    /** One of the two has ended. */
    void ended() {
        if (holders.decrementAndGet() == 0) {
            permit.close();
        }
    }
}
