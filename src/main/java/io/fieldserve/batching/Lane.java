package io.fieldserve.batching;

import java.util.List;

/**
 * Work that may be put into one batch. Two lanes that are equal are one lane.
 *
 * @param <W> a piece of work
 * @param <R> what comes of it
 */
public interface Lane<W, R> {

    /** Whose share of the machine is used, by identity; lanes of one flow share one share. */
    Object flow();

    /** How far its work is put together. */
    BatchPolicy policy();

    /** How many processor threads each part of a run keeps busy. */
    int threadsPerPart();

    /**
     * Prepares to run a batch. Called on a worker thread.
     *
     * @throws RuntimeException every piece of the batch fails with it
     */
    BatchRun<R> start(List<W> batch);
}
