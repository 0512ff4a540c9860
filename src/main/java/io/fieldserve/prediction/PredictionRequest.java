package io.fieldserve.prediction;

import io.fieldserve.batching.Urgency;
import io.fieldserve.tensor.Tensor;
import java.util.Map;

/**
 * One batch of cases to predict.
 *
 * @param inputs every input field as {@code [B, C, axes...]}; still the caller's afterwards
 * @param layout in which the caller wrote them
 * @param urgency when the answer is wanted
 * @param caller who wants it
 */
public record PredictionRequest(
        Map<String, Tensor> inputs, AxisLayout layout, PredictionOptions options, Urgency urgency, Caller caller) {

    public PredictionRequest {
        inputs = Map.copyOf(inputs);
    }

    /** A request of someone who waits as long as it takes. */
    public PredictionRequest(Map<String, Tensor> inputs, AxisLayout layout, PredictionOptions options) {
        this(inputs, layout, options, Urgency.none(), Caller.STAYS);
    }
}
