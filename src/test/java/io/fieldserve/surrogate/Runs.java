package io.fieldserve.surrogate;

import io.fieldserve.tensor.Tensor;
import java.util.Map;

/** Ensembles run on the calling thread, part by part. */
public final class Runs {
    private Runs() {}

    /** The output, which the caller closes. */
    public static EnsembleOutput run(Ensemble ensemble, Map<String, Tensor> inputs, EnsembleQuery query) {
        EnsembleRun run = ensemble.prepare(inputs, query);
        try {
            run.parts().forEach(Runnable::run);
        } catch (RuntimeException | Error e) {
            run.abandon();
            throw e;
        }
        return run.output();
    }
}
