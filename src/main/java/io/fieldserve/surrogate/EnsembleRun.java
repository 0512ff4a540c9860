package io.fieldserve.surrogate;

import java.util.List;
import java.util.function.Supplier;

/**
 * A run on one batch that has its memory. Exactly one of {@link #output} and {@link #abandon} is to be called, once
 * every part that was begun has ended: native code writes into the memory until then.
 */
public final class EnsembleRun {
    private final List<Runnable> parts;
    private final Supplier<EnsembleOutput> output;
    private final Runnable abandon;

    /**
     * A run.
     *
     * @param parts throw {@link EnsembleException} where the runtime refuses or fails
     * @param output hands over what the parts have filled
     * @param abandon gives the memory back instead
     */
    public EnsembleRun(List<Runnable> parts, Supplier<EnsembleOutput> output, Runnable abandon) {
        this.parts = List.copyOf(parts);
        this.output = output;
        this.abandon = abandon;
    }

    /** What there is to do: at least one part. Parts may run at the same time and in any order. */
    public List<Runnable> parts() {
        return parts;
    }

    /** The result, which the caller closes. Every part has succeeded. */
    public EnsembleOutput output() {
        return output.get();
    }

    /** Gives up the run. */
    public void abandon() {
        abandon.run();
    }
}
