package io.fieldserve.prediction;

import io.fieldserve.batching.Batcher;
import io.fieldserve.batching.Gate;
import io.fieldserve.batching.Size;
import io.fieldserve.batching.TestLane;
import io.fieldserve.batching.Urgency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A batcher whose only thread is busy until the gate opens. */
abstract class BusyThread {
    final PredictionBench bench = new PredictionBench();
    final Batcher batcher = new Batcher(1);
    final Gate gate = new Gate();

    @BeforeEach
    void theOnlyThreadIsBusy() {
        batcher.submit(TestLane.held(gate), "held", new Size(1, 1), Urgency.none());
        gate.awaitArrival();
    }

    @AfterEach
    void allMemoryIsBack() {
        gate.open();
        batcher.close();
        bench.close();
    }
}
