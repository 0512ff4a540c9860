package io.fieldserve.clients;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** A clock that stands until it is moved on. */
final class HandClock implements TimeMeter {
    private long nanos;

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Override
    public long currentTimeNanos() {
        return nanos;
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
