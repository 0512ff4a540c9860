package io.fieldserve.wire;

import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A reply that is made while it is sent, in chunks of pooled memory. What fits into a few chunks is sent whole, with its
 * length; of a longer one no more is made than these chunks hold ahead of what the caller has read. For one thread,
 * which is to be a virtual one, as it waits for the caller.
 */
final class ReplyStream extends OutputStream {
    private static final Shape CHUNK = Shape.of((1L << 16) / DataType.FLOAT32.bytes());
    private static final int CHUNKS = 16;

    /** There is nobody to finish the reply for. */
    static final class CallerLostException extends IOException {
        @Serial
        private static final long serialVersionUID = 1;

        private CallerLostException(String message) {
            super(message);
        }
    }

    private final RoutingContext context;
    private final HttpServerResponse response;
    private final TensorAllocator allocator;
    private final Duration patience;
    private final Runnable beforeHead;
    private final Semaphore window = new Semaphore(CHUNKS);
    private final List<Tensor> waiting = new ArrayList<>();
    private ByteBuffer space = ByteBuffer.allocate(0);
    private boolean streaming;
    private boolean ended;
    private Runnable afterwards = () -> {};

    /**
     * A stream to the caller.
     *
     * @param beforeHead runs once, before anything is sent; may still set headers
     */
    ReplyStream(RoutingContext context, TensorAllocator allocator, Duration patience, Runnable beforeHead) {
        this.context = context;
        this.response = context.response();
        this.allocator = allocator;
        this.patience = patience;
        this.beforeHead = beforeHead;
    }

    /** Has an action run once: when all has been sent, or it was given up. To be called before anything is written. */
    void whenSent(Runnable action) {
        afterwards = action;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = ended ? length : 0;
        while (done < length) {
            if (!space.hasRemaining()) {
                extend();
            }
            int count = Math.min(space.remaining(), length - done);
            space.put(bytes, offset + done, count);
            done += count;
        }
    }

    /** Sends what is left. */
    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        List<Tensor> last = List.copyOf(waiting);
        waiting.clear();
        Runnable release = () -> {
            last.forEach(Tensor::close);
            afterwards.run();
        };
        try {
            if (!streaming) {
                beforeHead.run();
            }
            Buffer rest = buffer(last);
            Future<Void> sent = response.end(rest);
            SlowReaders.cutOff(context, sent, rest.length(), patience);
            sent.onComplete(ended -> release.run());
        } catch (RuntimeException | Error e) {
            release.run();
            throw e;
        }
    }

    /**
     * Gives up what was not sent, unless it was closed. A reply that was cut short must not look complete, so its
     * connection ends.
     */
    void abort() {
        if (ended) {
            return;
        }
        ended = true;
        waiting.forEach(Tensor::close);
        waiting.clear();
        afterwards.run();
        if (streaming) {
            context.request().connection().close();
        }
    }

    private void extend() throws IOException {
        if (waiting.size() == CHUNKS || (streaming && !waiting.isEmpty())) {
            send();
        }
        acquire();
        Tensor chunk = allocator.allocate(DataType.FLOAT32, CHUNK);
        waiting.add(chunk);
        space = chunk.bytes();
    }

    private void send() {
        if (!streaming) {
            streaming = true;
            beforeHead.run();
            response.setChunked(true);
        }
        List<Tensor> full = List.copyOf(waiting);
        waiting.clear();
        response.write(buffer(full)).onComplete(sent -> {
            full.forEach(Tensor::close);
            window.release(full.size());
        });
    }

    private void acquire() throws IOException {
        try {
            if (!window.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CallerLostException("the caller reads too slowly");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the caller reads");
        }
        if (response.closed()) {
            throw new CallerLostException("the caller has gone");
        }
    }

    /** The chunks' bytes, of the last as far as it is written. */
    private Buffer buffer(List<Tensor> chunks) {
        ByteBuffer[] pieces = chunks.stream().map(Tensor::bytes).toArray(ByteBuffer[]::new);
        if (pieces.length > 0) {
            pieces[pieces.length - 1].limit(space.position());
        }
        return WireBytes.of(pieces);
    }
}
