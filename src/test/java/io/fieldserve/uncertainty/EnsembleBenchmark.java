package io.fieldserve.uncertainty;

import io.fieldserve.GridBenchmark;
import io.fieldserve.surrogate.ValueRange;
import io.fieldserve.tensor.Tensor;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** What is computed of an ensemble's members. */
public class EnsembleBenchmark extends GridBenchmark {
    private Tensor members;
    private EnsembleMoments moments;

    @Setup
    public void prepare() {
        members = members();
        moments = EnsembleMoments.of(members, slabs);
    }

    @Benchmark
    public void moments() {
        EnsembleMoments.of(members, slabs).close();
    }

    @Benchmark
    public void interval() {
        ConformalInterval.around(moments.mean(), moments.std(), 1.7, 1e-5, slabs)
                .close();
    }

    @Benchmark
    public double[] spread() {
        return EnsembleSpread.ofEachCase(moments.mean(), moments.std());
    }

    @Benchmark
    public List<ValueRange> range() {
        return FieldRange.ofEachCase(moments.mean());
    }
}
