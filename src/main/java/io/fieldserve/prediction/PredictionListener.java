package io.fieldserve.prediction;

import io.fieldserve.batching.BatchTiming;
import io.fieldserve.surrogate.Manifest;

/** Hears how predictions go, for whoever counts them. Called on the threads that predict, so it returns at once. */
public interface PredictionListener {

    /** Listens to nothing. */
    PredictionListener NONE = new PredictionListener() {
        @Override
        public void answered(Manifest manifest, int cases, BatchTiming timing, long nanos) {}

        @Override
        public void failed(Manifest manifest, long nanos) {}
    };

    /**
     * A prediction was made.
     *
     * @param cases in the request
     * @param timing of the batch that it was part of
     * @param nanos from the decoded request to the prediction
     */
    void answered(Manifest manifest, int cases, BatchTiming timing, long nanos);

    /** A prediction was refused, dropped, or failed. */
    void failed(Manifest manifest, long nanos);
}
