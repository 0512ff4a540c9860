package io.fieldserve.prediction;

import io.fieldserve.tensor.Tensor;
import java.util.Map;

/**
 * One batch of cases to predict.
 *
 * @param inputs every input field as {@code [B, C, axes...]}; still the caller's afterwards
 * @param layout in which the caller wrote them
 */
public record PredictionRequest(Map<String, Tensor> inputs, AxisLayout layout, PredictionOptions options) {

    public PredictionRequest {
        inputs = Map.copyOf(inputs);
    }
}
