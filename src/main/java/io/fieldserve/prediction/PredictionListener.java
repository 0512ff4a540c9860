package io.fieldserve.prediction;

import io.fieldserve.surrogate.Manifest;
import java.util.List;

/**
 * Hears how predictions go, for whoever counts them. Called on the threads that predict, so it returns at once and never
 * throws.
 */
public interface PredictionListener {

    /** Listens to nothing. */
    PredictionListener NONE = all(List.of());

    /** Tells each of them, in this order. */
    static PredictionListener all(List<PredictionListener> listeners) {
        List<PredictionListener> each = List.copyOf(listeners);
        return new PredictionListener() {
            @Override
            public void answered(Prediction prediction, long nanos) {
                each.forEach(listener -> listener.answered(prediction, nanos));
            }

            @Override
            public void failed(Manifest manifest, Throwable why, long nanos) {
                each.forEach(listener -> listener.failed(manifest, why, nanos));
            }
        };
    }

    /**
     * A prediction was made.
     *
     * @param prediction which is the caller's: it is neither kept nor closed here
     * @param nanos from the decoded request to the prediction
     */
    void answered(Prediction prediction, long nanos);

    /**
     * A prediction was refused, dropped, or failed.
     *
     * @param why what the caller is about to have thrown
     */
    void failed(Manifest manifest, Throwable why, long nanos);
}
