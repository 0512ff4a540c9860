package io.fieldserve.server;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Loads the surrogates at the start and looks for changes after it, one thing at a time, on a thread on which nobody waits for
 * an answer.
 */
final class RepositoryThread implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(RepositoryThread.class.getName());

    private final Optional<Duration> interval;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("repository").factory());

    /**
     * Not started yet.
     *
     * @param interval from the end of one look to the next; without it, there is none after the first
     */
    RepositoryThread(Optional<Duration> interval) {
        this.interval = interval;
    }

    /** Runs {@code first} once and then {@code next} for ever. */
    void start(Runnable first, Runnable next) {
        executor.execute(first);
        interval.map(Duration::toMillis).ifPresent(pause -> {
            Future<?> _ = executor.scheduleWithFixedDelay(() -> survive(next), pause, pause, TimeUnit.MILLISECONDS);
        });
    }

    /** What is thrown would be the end of all later runs. */
    private static void survive(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The repository could not be looked at", e);
        }
    }

    /** Ends what is being fetched; what is being loaded ends by itself. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
