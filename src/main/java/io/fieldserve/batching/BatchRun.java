package io.fieldserve.batching;

import java.util.List;

/**
 * One batch while it runs. Once all its parts have ended, exactly one of {@link #finish} and {@link #abandon} is
 * called, whatever happened.
 */
public interface BatchRun<R> {

    /** What there is to do: at least one part. Parts may run at the same time and in any order. */
    List<Runnable> parts();

    /** The results, one for each piece of work in the batch's order. Every part has succeeded. */
    List<R> finish();

    /** Gives up what was taken. A part has failed. */
    void abandon();
}
