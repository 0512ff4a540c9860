package io.fieldserve.prediction;

import java.time.Duration;

/** How long a prediction takes. */
final class PredictionTime {

    private static final int RUNS = 10;
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private PredictionTime() {}

    /** The fastest of a few. */
    static Duration of(Runnable prediction) {
        long fastest = Long.MAX_VALUE;
        long begin = System.nanoTime();
        for (int run = 0; run < RUNS && System.nanoTime() - begin < PATIENCE.toNanos(); run++) {
            long start = System.nanoTime();
            prediction.run();
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return Duration.ofNanos(fastest);
    }
}
