package io.fieldserve.openinference.grpc;

import io.fieldserve.wire.Handover;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** The virtual threads that calls run on. They know nothing of the event loop that the bytes came from. */
@Singleton
final class CallThreads implements Executor {

    private final Executor threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("grpc-", 0).factory());
    private final Handover handover;

    @Inject
    CallThreads(Handover handover) {
        this.handover = handover;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(handover.over(task));
    }
}
