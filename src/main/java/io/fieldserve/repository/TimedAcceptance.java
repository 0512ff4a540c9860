package io.fieldserve.repository;

import io.fieldserve.surrogate.EnsembleException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stops a version whose test takes too long: a graph may loop for ever, and loading waits for its test. */
public final class TimedAcceptance implements Acceptance {

    private final Acceptance acceptance;
    private final Duration longest;

    public TimedAcceptance(Acceptance acceptance, Duration longest) {
        if (!longest.isPositive()) {
            throw new IllegalArgumentException("a test needs some time, not " + longest);
        }
        this.acceptance = acceptance;
        this.longest = longest;
    }

    @Override
    public Duration test(SurrogateVersion version) {
        AtomicBoolean stopped = new AtomicBoolean();
        Thread watch = Thread.ofPlatform().name("test-watch").daemon().start(() -> stop(version, stopped));
        try {
            Duration took = acceptance.test(version);
            end(watch);
            if (stopped.get()) {
                throw new EnsembleException("stopped when it had just ended");
            }
            return took;
        } catch (RuntimeException e) {
            end(watch);
            throw stopped.get()
                    ? new EnsembleException("its test took more than %d s".formatted(longest.toSeconds()), e)
                    : e;
        } finally {
            end(watch);
        }
    }

    private void stop(SurrogateVersion version, AtomicBoolean stopped) {
        try {
            Thread.sleep(longest);
            stopped.set(true);
            version.ensemble().stop();
        } catch (InterruptedException e) {
            // The test is over.
        }
    }

    /** Until it has ended, it might stop what is closed by then. */
    private static void end(Thread watch) {
        watch.interrupt();
        boolean interrupted = false;
        while (watch.isAlive()) {
            try {
                watch.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
