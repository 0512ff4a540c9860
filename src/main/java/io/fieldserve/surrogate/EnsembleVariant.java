package io.fieldserve.surrogate;

import java.util.function.Supplier;

/** One way of running the members of a version: the same numbers, at another speed. */
public final class EnsembleVariant {
    private final String description;
    private final Supplier<Ensemble> opening;

    /**
     * A way of running them.
     *
     * @param description for the log
     * @param opening throws {@link EnsembleException} where a graph can't be opened or doesn't have the inputs and outputs
     *     the manifest names
     */
    public EnsembleVariant(String description, Supplier<Ensemble> opening) {
        this.description = description;
        this.opening = opening;
    }

    /** Opens every graph; the caller closes the ensemble. */
    public Ensemble open() {
        return opening.get();
    }

    @Override
    public String toString() {
        return description;
    }
}
