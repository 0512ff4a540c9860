package io.fieldserve.openinference;

import io.fieldserve.codec.DecodedInputs;
import io.fieldserve.prediction.Caller;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.prediction.InputRules;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.Predictor;
import io.fieldserve.prediction.RequestLimits;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.Manifest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Predicts for callers of the protocol, whatever it came over. */
@Singleton
public final class Inferences {

    private final Predictor predictor;
    private final RequestLimits limits;

    @Inject
    public Inferences(Predictor predictor, RequestLimits limits) {
        this.predictor = predictor;
        this.limits = limits;
    }

    /** What the inputs of a model must look like. */
    public InputContract contract(SurrogateVersion version) {
        return new InputRules(version.manifest(), limits);
    }

    /**
     * Predicts, and waits for it: for virtual threads.
     *
     * @param inputs still the caller's afterwards
     * @return the answer, which the caller closes
     * @throws io.fieldserve.prediction.FailureException the query can't be met, or was dropped before it ran
     */
    public InferAnswer infer(SurrogateVersion version, DecodedInputs inputs, InferQuery query, Caller caller) {
        return infer(version, inputs, query, limits.time(), caller);
    }

    /**
     * The same, for a caller who waits for no longer than some time.
     *
     * @param patience until it must have begun to run; what is beyond the service's own limit means nothing
     */
    public InferAnswer infer(
            SurrogateVersion version, DecodedInputs inputs, InferQuery query, Duration patience, Caller caller) {
        Duration longest = patience.compareTo(limits.time()) < 0 ? patience : limits.time();
        Manifest manifest = version.manifest();
        List<ModelOutput> wanted = query.wanted(manifest);
        Prediction prediction = predictor.predict(
                version, inputs.request(manifest, query.options(wanted), query.urgency(longest), caller));
        return new InferAnswer(prediction, query.id(), wanted);
    }
}
