package io.fieldserve.openinference.grpc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How long a caller may take to read what was answered. Who takes longer is cut off, as answers hold memory until then. */
final class ReadingTime {
    private final Duration longest;
    private final Runnable cutOff;
    private final CompletableFuture<Void> read = new CompletableFuture<>();

    ReadingTime(Duration longest, Runnable cutOff) {
        this.longest = longest;
        this.cutOff = cutOff;
    }

    /** Begins to count, unless all is read. To be called once. */
    void begin() {
        var _ = read.orTimeout(longest.toNanos(), TimeUnit.NANOSECONDS).exceptionally(late -> {
            cutOff.run();
            return null;
        });
    }

    /** All is read, or there is nobody to read it. */
    void end() {
        read.complete(null);
    }
}
