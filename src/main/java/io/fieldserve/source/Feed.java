package io.fieldserve.source;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps the local folder of one source like the source. After failures it pauses: for 0, 1, 3, 7, and then 15 of the times that
 * it is called.
 */
final class Feed {

    private static final System.Logger LOG = System.getLogger(Feed.class.getName());

    private static final int LONGEST_PAUSE = 4;

    private final String name;
    private final Source source;
    private final SourceCache cache;
    private int failures;
    private int pause;
    private Optional<String> logged = Optional.empty();
    private volatile Optional<String> trouble = Optional.empty();

    Feed(String name, Source source, SourceCache cache) {
        this.name = name;
        this.source = source;
        this.cache = cache;
    }

    String name() {
        return name;
    }

    Path folder() {
        return cache.current();
    }

    SourceState state() {
        try {
            return new SourceState(name, cache.revision(), trouble);
        } catch (IOException e) {
            return new SourceState(name, Optional.empty(), Optional.of(Trouble.CACHE));
        }
    }

    /** Fetches what is new; what can't be fetched leaves the folder as it is. */
    void renew(boolean insistent) {
        if (!insistent && pause > 0) {
            pause--;
            return;
        }
        try {
            cache.sweep();
            Optional<Offer> offer = source.look(cache.revision());
            if (offer.isPresent()) {
                cache.replace(offer.get());
                LOG.log(Level.INFO, "{0} is fetched from {1}", name, source);
            }
            succeeded();
        } catch (IOException | RuntimeException e) {
            failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void succeeded() {
        if (trouble.isPresent()) {
            LOG.log(Level.INFO, "{0} can be renewed again", name);
        }
        trouble = Optional.empty();
        logged = Optional.empty();
        failures = 0;
        pause = 0;
    }

    private void failed(Exception reason) {
        String message = reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage();
        if (!logged.equals(Optional.of(message))) {
            LOG.log(Level.WARNING, "%s can't be renewed from %s: %s".formatted(name, source, message), reason);
        }
        logged = Optional.of(message);
        trouble = Optional.of(Trouble.of(reason));
        pause = (1 << Math.min(failures, LONGEST_PAUSE)) - 1;
        failures++;
    }
}
