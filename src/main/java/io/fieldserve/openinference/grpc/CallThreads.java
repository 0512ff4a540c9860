package io.fieldserve.openinference.grpc;

import jakarta.inject.Singleton;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** The virtual threads that calls run on. They know nothing of the event loop that the bytes came from. */
@Singleton
final class CallThreads implements Executor {

    private final Executor threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("grpc-", 0).factory());

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }
}
