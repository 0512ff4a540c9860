package io.fieldserve.openinference.grpc;

import io.fieldserve.prediction.Caller;
import java.util.concurrent.CompletableFuture;

/** Whoever waits for one inference, until they are said to have left. */
final class GrpcCaller implements Caller {
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    @Override
    public void whenGone(Runnable action) {
        var _ = gone.thenRun(action);
    }

    /** Says so; what comes after the first time means nothing. */
    void leave() {
        gone.complete(null);
    }
}
