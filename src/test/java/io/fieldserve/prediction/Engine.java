package io.fieldserve.prediction;

import io.fieldserve.batching.BatchPolicy;
import io.fieldserve.batching.Batcher;
import io.fieldserve.tensor.TensorAllocator;
import java.time.Duration;

/** A predictor with threads of its own. */
public final class Engine implements AutoCloseable {
    private final Batcher batcher = new Batcher(2);
    private final Predictor predictor;

    public Engine(TensorAllocator allocator) {
        predictor = new Predictor(
                batcher, new BatchPolicy(8, 1 << 20, Duration.ZERO), allocator, PredictionListener.NONE, Trails.NONE);
    }

    public Predictor predictor() {
        return predictor;
    }

    @Override
    public void close() {
        batcher.close();
    }
}
