package io.fieldserve.prediction;

import io.fieldserve.batching.BatchTiming;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Shape;
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

    /** What was predicted of one of the manifest's output fields. */
    public FieldPrediction of(Field output) {
        return fields.stream()
                .filter(predicted -> predicted.field().equals(output))
                .findFirst()
                .orElseThrow();
    }

    /** The shape of one of a field's arrays in the layout of the caller's own input. */
    public Shape shown(FieldPrediction predicted, Quantity quantity) {
        Shape full = predicted.arrays().get(quantity).shape();
        if (quantity != Quantity.MEMBERS) {
            return layout.shown(predicted.field(), full);
        }
        return layout.shown(predicted.field(), full.drop(0, 1)).prepend(full.dim(0));
    }

    @Override
    public void close() {
        owned.close();
    }
}
