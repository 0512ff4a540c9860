package io.fieldserve.prediction;

import io.fieldserve.surrogate.Manifest;
import java.util.List;

/**
 * Follows predictions over the threads that they cross, for whoever shows where their time went. Called on the threads that
 * predict, so it returns at once and never throws.
 */
public interface Trails {

    /** Follows nothing. */
    Trails NONE = new Trails() {
        @Override
        public Trail begin(Manifest manifest, List<Integer> grid, int cases) {
            return Trail.NONE;
        }

        @Override
        public RunTrail run(int cases, List<Trail> held) {
            return RunTrail.NONE;
        }
    };

    /**
     * A prediction is about to wait for its turn. Called on the thread of whoever asked.
     *
     * @param grid that its fields share, {@code []} for a plain model
     */
    Trail begin(Manifest manifest, List<Integer> grid, int cases);

    /**
     * A run begins. Called on whatever thread runs it.
     *
     * @param cases in all
     * @param held trails of the predictions that it makes, at least one
     */
    RunTrail run(int cases, List<Trail> held);

    /** One prediction. Exactly one of its methods is called, once, on the thread of whoever asked. */
    interface Trail {
        Trail NONE = new Trail() {
            @Override
            public void answered(Prediction prediction) {}

            @Override
            public void failed(Throwable why) {}
        };

        /** It was made. It is the caller's: neither kept nor closed here. */
        void answered(Prediction prediction);

        /** It was dropped before it ran, or failed. */
        void failed(Throwable why);
    }

    /** One run. Exactly one of its methods is called, once, on whatever thread ends it. */
    interface RunTrail {
        RunTrail NONE = new RunTrail() {
            @Override
            public void succeeded() {}

            @Override
            public void failed() {}
        };

        /** What it held has its results. */
        void succeeded();

        /** What it held has failed. */
        void failed();
    }
}
