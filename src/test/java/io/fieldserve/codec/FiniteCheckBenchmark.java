package io.fieldserve.codec;

import io.fieldserve.GridBenchmark;
import io.fieldserve.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** The look at every number of a field that must be finite. */
public class FiniteCheckBenchmark extends GridBenchmark {
    private Tensor field;

    @Setup
    public void prepare() {
        field = field();
    }

    @Benchmark
    public int firstOffender() {
        return FiniteCheck.firstOffender(field.floats());
    }
}
