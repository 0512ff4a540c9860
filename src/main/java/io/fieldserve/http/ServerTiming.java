package io.fieldserve.http;

import java.util.Locale;
import java.util.StringJoiner;

/** Collects durations for the standard {@code Server-Timing} header, in milliseconds. For one thread. */
final class ServerTiming {

    static final String HEADER = "Server-Timing";

    private final StringJoiner metrics = new StringJoiner(", ");
    private long last = System.nanoTime();

    /** Records the time since the last call, or since this was made, under a name. */
    void lap(String name) {
        long now = System.nanoTime();
        metrics.add(String.format(Locale.ROOT, "%s;dur=%.3f", name, (now - last) * 1e-6));
        last = now;
    }

    @Override
    public String toString() {
        return metrics.toString();
    }
}
