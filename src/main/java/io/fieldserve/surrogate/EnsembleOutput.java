package io.fieldserve.surrogate;

import io.fieldserve.tensor.Tensor;
import java.util.Map;

/** What came out of a run, by output field; the holder closes it once. */
public sealed interface EnsembleOutput extends AutoCloseable {

    @Override
    void close();

    /** Solutions of the members that ran, {@code [M, B, C, axes...]}; their moments are still to be taken. */
    record Members(Map<String, Tensor> byField) implements EnsembleOutput {
        @Override
        public void close() {
            byField.values().forEach(Tensor::close);
        }
    }

    /** Moments that the graph computed, over all members, each {@code [B, C, axes...]}. */
    record Moments(Map<String, Tensor> mean, Map<String, Tensor> std) implements EnsembleOutput {
        @Override
        public void close() {
            mean.values().forEach(Tensor::close);
            std.values().forEach(Tensor::close);
        }
    }
}
