package io.fieldserve.batching;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds up whoever runs it until the test opens it. */
public final class Gate implements Runnable {
    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public void run() {
        reached.countDown();
        await(open);
    }

    /** Returns once someone stands before it. */
    public void awaitArrival() {
        await(reached);
    }

    public void open() {
        open.countDown();
    }

    /** Waits for a latch, for so long that only a defect can make it fail. */
    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
