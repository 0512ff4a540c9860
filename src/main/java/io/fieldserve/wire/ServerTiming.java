package io.fieldserve.wire;

import io.fieldserve.batching.BatchTiming;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.surrogate.Manifest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Collects durations for the standard {@code Server-Timing} header, in milliseconds. For one thread. */
public final class ServerTiming {

    public static final String HEADER = "Server-Timing";

    private final StringBuilder metrics = new StringBuilder();
    private long last = System.nanoTime();
    private Optional<Manifest> predicted = Optional.empty();

    /**
     * Records the time since the last lap, or since this was made, under a name.
     *
     * @return that time in nanoseconds
     */
    public long lap(String name) {
        long now = System.nanoTime();
        long nanos = now - last;
        add(name, nanos);
        last = now;
        return nanos;
    }

    private void add(String name, long nanos) {
        separate().append(name).append(";dur=");
        long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
        long fraction = micros % 1000;
        metrics.append(micros / 1000)
                .append(fraction < 10 ? ".00" : fraction < 100 ? ".0" : ".")
                .append(fraction);
    }

    /** Records how a prediction went, and starts the next lap. */
    public void answered(Prediction prediction) {
        BatchTiming timing = prediction.timing();
        predicted = Optional.of(prediction.manifest());
        add("queue", timing.queuedNanos());
        separate().append("batch;desc=").append(timing.items());
        add("infer", timing.runNanos());
        last = System.nanoTime();
    }

    /** Whose prediction it was, once there is one. */
    Optional<Manifest> predicted() {
        return predicted;
    }

    private StringBuilder separate() {
        return metrics.isEmpty() ? metrics : metrics.append(", ");
    }

    @Override
    public String toString() {
        return metrics.toString();
    }
}
