package io.fieldserve.clients;

import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.prediction.Scope;
import java.util.function.Supplier;

/** The way in for whatever is to be predicted, over any protocol: within what its client may have, then what all may. */
public final class ClientGate {
    private final ClientLimits limits;
    private final AdmissionGate gate;

    public ClientGate(ClientLimits limits, AdmissionGate gate) {
        this.limits = limits;
        this.gate = gate;
    }

    /**
     * Takes a request on.
     *
     * @param client asked for only where clients are limited
     * @param size of the request's body as far as it is known
     * @return its place, to be closed once the request is answered
     * @throws io.fieldserve.prediction.FailureException its client has, or asks for, more than it may
     * @throws io.fieldserve.batching.OverloadException the service can't take it on for now
     */
    public Scope enter(Supplier<Client> client, long size) {
        Scope place = new Scope();
        try {
            if (limits.any()) {
                place.own(limits.enter(client.get()));
            }
            place.own(gate.enter(size)::close);
            return place;
        } catch (RuntimeException | Error e) {
            place.close();
            throw e;
        }
    }
}
