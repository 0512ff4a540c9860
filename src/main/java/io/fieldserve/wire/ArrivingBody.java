package io.fieldserve.wire;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A request's body while it arrives. The event loop puts in what comes, no more than {@value #AHEAD} bytes and a chunk
 * ahead of the one thread that reads, so that a small body is whole by the time that anyone looks at it. Reading waits
 * for bytes, and is for virtual threads.
 */
final class ArrivingBody extends InputStream {
    private static final String KEY = ArrivingBody.class.getName();
    private static final int AHEAD = 1 << 16;
    /** Longest silence that is waited through. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final RoutingContext exchange;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Buffer> chunks = new ArrayDeque<>();
    private int queued;
    private boolean paused;
    private boolean ended;
    private boolean broken;
    /** The reader's own: whether it has yet to ask, what it is reading from, and how far it is. */
    private boolean mustBeAsked;

    private Buffer current = Buffer.buffer();

    private int position;

    private ArrivingBody(RoutingContext exchange) {
        this.exchange = exchange;
        this.mustBeAsked = exchange.request().headers().contains("Expect");
    }

    /** The body of a request whose head has come. */
    static ArrivingBody announced(RoutingContext exchange) {
        ArrivingBody body = new ArrivingBody(exchange);
        exchange.put(KEY, body);
        return body;
    }

    /** The body of an exchange for which {@link #announced} was called. */
    static ArrivingBody of(RoutingContext exchange) {
        return exchange.get(KEY);
    }

    /**
     * Begins to receive, except from a caller who waits to be told so. To be called on the event loop once the request
     * has been passed on, as frameworks stop the stream on the way.
     */
    void receive() {
        if (exchange.request().isEnded()) {
            end(false);
        } else if (!exchange.request().headers().contains("Expect")) {
            start();
        }
    }

    private void start() {
        HttpServerRequest request = exchange.request();
        request.exceptionHandler(gone -> end(true));
        request.endHandler(last -> end(false));
        request.handler(this::put);
        request.resume();
    }

    private void put(Buffer chunk) {
        lock.lock();
        try {
            chunks.add(chunk);
            queued += chunk.length();
            if (queued > AHEAD && !paused) {
                paused = true;
                exchange.request().pause();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void end(boolean early) {
        lock.lock();
        try {
            ended = true;
            broken |= early;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (position == current.length() && !next()) {
            return -1;
        }
        int count = Math.min(length, current.length() - position);
        current.getBytes(position, position + count, target, offset);
        position += count;
        return count;
    }

    /** Waits for the next chunk; false at the end. */
    private boolean next() {
        if (mustBeAsked) {
            mustBeAsked = false;
            start();
            exchange.response().writeContinue();
            if (exchange.response().closed()) {
                // It may have been before anybody listened.
                end(true);
            }
        }
        lock.lock();
        try {
            long patience = SILENCE.toNanos();
            while (chunks.isEmpty()) {
                if (broken) {
                    throw notReceived("the connection was closed");
                }
                if (ended) {
                    return false;
                }
                if (patience <= 0) {
                    throw notReceived("nothing came for " + SILENCE.toSeconds() + " s");
                }
                patience = changed.awaitNanos(patience);
            }
            take();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notReceived("the service is stopping");
        } finally {
            lock.unlock();
        }
    }

    private void take() {
        current = chunks.poll();
        position = 0;
        queued -= current.length();
        if (paused && queued <= AHEAD / 2) {
            paused = false;
            exchange.request().resume();
        }
    }

    private static FailureException notReceived(String reason) {
        return new Failure.BodyNotReceived(reason).asException();
    }
}
