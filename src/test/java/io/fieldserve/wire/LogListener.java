package io.fieldserve.wire;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What a part of the service logs, from its beginning until it is closed. */
public final class LogListener extends Handler implements AutoCloseable {

    private static final SimpleFormatter FORMATTER = new SimpleFormatter();

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level least;

    private LogListener(String category, Level least) {
        this.logger = Logger.getLogger(category);
        this.least = least;
    }

    /** Listens to a category, and to what is below it, from a level on. */
    public static LogListener to(String category, Level least) {
        LogListener listener = new LogListener(category, least);
        listener.logger.addHandler(listener);
        return listener;
    }

    /** The messages so far. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= least.intValue()) {
            lines.add(FORMATTER.formatMessage(entry));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
