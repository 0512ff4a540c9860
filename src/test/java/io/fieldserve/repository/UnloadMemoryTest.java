package io.fieldserve.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Unloading gives ONNX Runtime's memory back, as the C library counts it. The surrogate that ships has 8.4 MB of weights, of
 * which every open session holds a copy, and more while it runs.
 */
class UnloadMemoryTest extends RepositoryTest {

    private static final int CYCLES = 10;
    private static final long WEIGHTS = 8_400_000;

    @BeforeEach
    void theSurrogateThatShips() {
        use(RepositorySettings.of(List.of(Root.of(Path.of("models/repository")))));
    }

    /** The least of several, as the process takes memory for a while for other things too, such as to compile a method. */
    @Test
    void nothingGrowsOverManyLoads() {
        // Given what is made once for all time: the environment and its threads
        Optional<NativeHeap> heap = NativeHeap.find();
        assumeTrue(heap.isPresent(), "the C library is another than glibc");
        cycle();
        long before = leastAfterCycles(heap.get());

        // When
        long after = leastAfterCycles(heap.get());

        // Then less than half is left of what so many loads would leave that lose their weights
        long left = after - before;
        assertThat(left).isLessThan(CYCLES * WEIGHTS / 2);
        assertThat(ensembles.open()).isZero();
        System.getLogger(getClass().getName())
                .log(System.Logger.Level.INFO, "{0} bytes are left of {1} loads", left, CYCLES);
    }

    private long leastAfterCycles(NativeHeap heap) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < CYCLES; i++) {
            cycle();
            least = Math.min(least, heap.bytes());
        }
        return least;
    }

    private void cycle() {
        assertThat(repository.load("burgers-fno")).isTrue();
        assertThat(repository.index().latest("burgers-fno")).isPresent();
        repository.unload("burgers-fno");
    }
}
