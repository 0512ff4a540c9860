package io.fieldserve.tensor;

import io.fieldserve.GridBenchmark;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Threads;

/** Memory taken and given back, as every array of a request is. */
public class SlabPoolBenchmark extends GridBenchmark {
    private Shape shape;

    @Setup
    public void prepare() {
        shape = batch();
    }

    @Benchmark
    public void allocateAndClose() {
        slabs.allocate(DataType.FLOAT32, shape).close();
    }

    @Benchmark
    @Threads(2)
    public void allocateAndCloseOnTwoThreads() {
        slabs.allocate(DataType.FLOAT32, shape).close();
    }
}
