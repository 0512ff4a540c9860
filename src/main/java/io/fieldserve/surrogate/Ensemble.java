package io.fieldserve.surrogate;

import io.fieldserve.tensor.Tensor;
import java.util.Map;

/**
 * The members of one version, ready to run. Safe for use from several threads.
 *
 * <p>This is the seat of the engine: whoever serves predictions knows only this interface.
 */
public interface Ensemble extends AutoCloseable {

    /** Where the members run, such as {@code cpu}. */
    String executionProvider();

    /**
     * Runs the members on one batch.
     *
     * @param inputs each input field as {@code [B, C, axes...]}, one B for all; still the caller's afterwards
     * @param query what is wanted; nothing else needs to be computed
     * @return new tensors, which the caller closes
     * @throws EnsembleException the runtime refused or failed
     */
    EnsembleOutput run(Map<String, Tensor> inputs, EnsembleQuery query);

    @Override
    void close();
}
