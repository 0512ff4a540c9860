package io.fieldserve;

import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What every benchmark shares: grids of real sizes, and smooth fields on them with all the digits a network gives. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class GridBenchmark {
    private static final int MEMBERS = 5;

    @Param({"64x64", "1024", "256x256"})
    String grid;

    protected final SlabPool slabs = new SlabPool(1 << 24);

    /** The shape of the grid. */
    protected final Shape grid() {
        return Shape.of(
                Arrays.stream(grid.split("x", -1)).mapToLong(Long::parseLong).toArray());
    }

    /** A batch of one case with one channel. */
    protected final Shape batch() {
        return grid().prepend(1, 1);
    }

    /** Solutions of five members that agree in their first three digits. */
    protected final Tensor members() {
        Tensor members = slabs.allocate(DataType.FLOAT32, batch().prepend(MEMBERS));
        FloatBuffer values = members.floats();
        Random random = new Random(1);
        int points = values.capacity() / MEMBERS;
        for (int i = 0; i < values.capacity(); i++) {
            double common = 0.2 * Math.sin(Math.PI * (i % points + 0.5) / points);
            values.put((float) (common * (1 + 1e-3 * random.nextGaussian())));
        }
        return members;
    }

    /** One such solution. */
    protected final Tensor field() {
        try (Tensor members = members();
                Tensor first = members.batchSlice(0, 1)) {
            Tensor field = slabs.allocate(DataType.FLOAT32, batch());
            field.floats().put(first.floats());
            return field;
        }
    }
}
