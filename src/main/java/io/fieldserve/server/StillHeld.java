package io.fieldserve.server;

import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.tensor.SlabPool;
import java.lang.System.Logger.Level;

/**
 * What requests hold at one moment: their places, the bytes of their bodies, and memory outside the heap. Once the
 * service has stopped, anything but nothing was lost.
 */
record StillHeld(int requests, long requestBytes, int slabs, long slabBytes) {

    static StillHeld by(AdmissionGate gate, SlabPool slabs) {
        return new StillHeld(gate.requests(), gate.bytes(), slabs.outstandingSlabs(), slabs.outstandingBytes());
    }

    private boolean nothing() {
        return requests == 0 && requestBytes == 0 && slabs == 0 && slabBytes == 0;
    }

    /** How loud to say it: a warning unless it is nothing. */
    Level level() {
        return nothing() ? Level.INFO : Level.WARNING;
    }

    @Override
    public String toString() {
        return "requests=%d request-bytes=%d slabs=%d slab-bytes=%d"
                .formatted(requests, requestBytes, slabs, slabBytes);
    }
}
