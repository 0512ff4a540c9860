package io.fieldserve.source;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** A body that ends with an error at the first byte too many. */
final class BoundedBody<T> implements BodySubscriber<T> {

    private final BodySubscriber<T> body;
    private final long most;
    private final AtomicLong received;
    private Flow.Subscription subscription;
    private boolean over;

    /** @param received counts bytes as they come */
    BoundedBody(BodySubscriber<T> body, long most, AtomicLong received) {
        this.body = body;
        this.most = most;
        this.received = received;
    }

    @Override
    public CompletionStage<T> getBody() {
        return body.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription = source;
        body.onSubscribe(source);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (over) {
            return;
        }
        long more = buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (received.addAndGet(more) > most) {
            over = true;
            subscription.cancel();
            body.onError(new IOException("more than the %d bytes that are allowed came".formatted(most)));
        } else {
            body.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable trouble) {
        if (!over) {
            body.onError(trouble);
        }
    }

    @Override
    public void onComplete() {
        if (!over) {
            body.onComplete();
        }
    }
}
