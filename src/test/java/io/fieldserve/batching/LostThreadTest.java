package io.fieldserve.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread that is lost to an error where none can be caught. */
class LostThreadTest {

    private final AtomicBoolean failing = new AtomicBoolean();
    private final Batcher batcher = new Batcher(1, this::nanoTime);

    @AfterEach
    void close() {
        batcher.close();
    }

    @Test
    void showsUntilTheEnd() {
        // Given
        assertThat(batcher.isWhole()).isTrue();
        failing.set(true);

        // When
        Ticket<String, String> lost =
                batcher.submit(TestLane.quick(TestLane.TOGETHER), "a", new Size(1, 1), Urgency.none());

        // Then
        Awaitility.dontCatchUncaughtExceptions().await().until(() -> !batcher.isWhole());
        lost.cancel();
    }

    private long nanoTime() {
        if (failing.get() && Thread.currentThread().getName().startsWith("inference")) {
            throw new OutOfMemoryError("made up");
        }
        return System.nanoTime();
    }
}
