package io.fieldserve.surrogate;

import io.fieldserve.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The members of one version, ready to run. Safe for use from several threads. Compared by identity.
 *
 * <p>This is the seat of the engine: whoever serves predictions knows only this interface.
 */
public interface Ensemble extends AutoCloseable {

    /** Where the members run, such as {@code cpu}. */
    String executionProvider();

    /** What whoever asks for the surrogate should know of how it is run, a sentence each. */
    List<String> remarks();

    /** How many processor threads each part of a run keeps busy. */
    int threadsPerPart();

    /**
     * Takes the memory for a run on one batch. Nothing runs before its parts are run.
     *
     * @param inputs each input field as {@code [B, C, axes...]}, one B for all; still the caller's afterwards, and in use
     *     until every part that was begun has ended
     * @param query what is wanted; nothing else needs to be computed
     */
    EnsembleRun prepare(Map<String, Tensor> inputs, EnsembleQuery query);

    /** Ends runs that take too long: what is running fails, and so does whatever is run after that. */
    void stop();

    /** Closes the members, of which none may be running. */
    @Override
    void close();
}
