package io.fieldserve.prediction;

import io.fieldserve.batching.BatchTiming;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer: arrays by output field, and what is known of how far to trust them. Owns its tensors until it is closed.
 */
public record Prediction(
        Manifest manifest,
        AxisLayout layout,
        List<FieldPrediction> fields,
        Trust trust,
        BatchTiming timing,
        Scope owned)
        implements AutoCloseable {

    public Prediction {
        fields = List.copyOf(fields);
    }

    /**
     * One output field.
     *
     * @param arrays those asked for: {@code [B, C, axes...]}, members {@code [M, B, C, axes...]}
     * @param interval what lower and upper are, where they are given
     */
    public record FieldPrediction(Field field, Map<Quantity, Tensor> arrays, Optional<IntervalStatement> interval) {}

    @Override
    public void close() {
        owned.close();
    }
}
