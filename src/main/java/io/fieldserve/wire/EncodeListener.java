package io.fieldserve.wire;

import io.fieldserve.surrogate.Manifest;

/** Hears how long predictions took to be written, whatever API they left through. It returns at once and never throws. */
@FunctionalInterface
public interface EncodeListener {

    /**
     * An answer was written, as far as it is before its first byte leaves. Called on the thread that wrote it.
     *
     * @param manifest of the version that made the prediction
     */
    void encoded(Manifest manifest, long nanos);
}
