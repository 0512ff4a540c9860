package io.fieldserve.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlabPoolTest {
    private static final int KIB = 1024;

    @ParameterizedTest
    @CsvSource({
        "0, 4096",
        "1, 4096",
        "1024, 4096",
        "1025, 8192",
        "2048, 8192",
        "2049, 16384",
        "65536, 262144",
        "65537, 524288"
    })
    void takesTheSmallestPowerOfTwoThatHoldsTheElements(long elements, long slabBytes) {
        // Given
        SlabPool pool = new SlabPool(0);

        // When
        Tensor tensor = allocate(pool, elements);

        // Then
        assertThat(pool.outstandingBytes()).isEqualTo(slabBytes);
        assertThat(tensor.bytes().limit()).isEqualTo((int) elements * 4);
        tensor.close();
    }

    @Test
    void countsWhatIsOutExactly() {
        // Given
        SlabPool pool = new SlabPool(1 << 20);
        Tensor small = allocate(pool, 10);
        Tensor large = allocate(pool, 4 * KIB);

        // When
        small.close();

        // Then
        assertThat(pool.outstandingSlabs()).isOne();
        assertThat(pool.outstandingBytes()).isEqualTo(16 * KIB);
        assertThat(pool.retainedBytes()).isEqualTo(4 * KIB);
        large.close();
    }

    @Test
    void usesARetainedSlabAgain() {
        // Given
        SlabPool pool = new SlabPool(1 << 20);
        Tensor first = allocate(pool, 1024);
        first.floats().put(0, 42);
        first.close();

        // When
        Tensor second = allocate(pool, 700);

        // Then
        assertThat(pool.retainedBytes()).isZero();
        assertThat(second.floats().get(0)).isEqualTo(42);
        second.close();
    }

    @Test
    void keepsNoMoreThanItsBound() {
        // Given
        SlabPool pool = new SlabPool(12 * KIB);
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tensors.add(allocate(pool, 1024));
        }

        // When
        tensors.forEach(Tensor::close);

        // Then
        assertThat(pool.retainedBytes()).isEqualTo(12 * KIB);
        assertThat(pool.outstandingBytes()).isZero();
    }

    @Test
    void freesWhatIsOverItsBoundAtOnce() {
        // Given
        SlabPool pool = new SlabPool(4 * KIB);
        Tensor tensor = allocate(pool, 1025);
        FloatBuffer stale = tensor.floats();

        // When
        tensor.close();

        // Then
        assertThat(pool.retainedBytes()).isZero();
        assertThatThrownBy(() -> stale.get(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void countsADoubleCloseOnce() {
        // Given
        SlabPool pool = new SlabPool(1 << 20);
        Tensor tensor = allocate(pool, 10);
        tensor.close();

        // When
        assertThatThrownBy(tensor::close).isInstanceOf(IllegalStateException.class);

        // Then
        assertThat(pool.outstandingSlabs()).isZero();
        assertThat(pool.retainedBytes()).isEqualTo(4 * KIB);
    }

    @ParameterizedTest
    @ValueSource(longs = {(1L << 29), 1L << 40, Long.MAX_VALUE})
    void refusesWhatOneBufferCannotAddress(long elements) {
        // Given
        SlabPool pool = new SlabPool(0);

        // When, Then
        assertThatThrownBy(() -> allocate(pool, elements))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[" + elements + "]")
                .hasMessageContaining("2147483647 bytes");
        assertThat(pool.outstandingSlabs()).isZero();
    }

    @Test
    void refusesBoundsThatMakeNoSense() {
        // When, Then
        assertThatThrownBy(() -> new SlabPool(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SlabPool(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SlabPool(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SlabPool(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesOutNoMoreThanItsLimit() {
        // Given
        SlabPool pool = new SlabPool(1 << 20, 12 * KIB);
        Tensor first = allocate(pool, 1025);

        // When
        assertThatThrownBy(() -> allocate(pool, 1025))
                .isInstanceOf(SlabLimitException.class)
                .hasMessage("A slab of 8192 bytes is over the limit of 12288 bytes in use at once, of which 8192 are");

        // Then
        assertThat(pool.outstandingSlabs()).isOne();
        assertThat(pool.outstandingBytes()).isEqualTo(8 * KIB);
        assertThat(pool.retainedBytes()).isZero();
        first.close();
    }

    @Test
    void givesOutAllOfItsLimit() {
        // Given
        SlabPool pool = new SlabPool(0, 12 * KIB);
        Tensor first = allocate(pool, 1025);

        // When
        Tensor second = allocate(pool, 1024);

        // Then
        assertThat(pool.outstandingBytes()).isEqualTo(12 * KIB);
        first.close();
        second.close();
    }

    @Test
    void givesOutAgainWhatCameBack() {
        // Given
        SlabPool pool = new SlabPool(8 * KIB, 8 * KIB);
        allocate(pool, 1025).close();

        // When
        Tensor second = allocate(pool, 1025);

        // Then
        assertThat(pool.outstandingBytes()).isEqualTo(8 * KIB);
        assertThat(pool.retainedBytes()).isZero();
        assertThatThrownBy(() -> allocate(pool, 1)).isInstanceOf(SlabLimitException.class);
        second.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void keepsItsLimitWhenSeveralThreadsAsk(long seed) throws Exception {
        // Given
        SlabPool pool = new SlabPool(16 * KIB, 64 * KIB);
        int threads = 6;

        // When
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> askers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                Random random = new Random(seed * 1000 + thread);
                askers.add(executor.submit(() -> askAndRelease(pool, random)));
            }
            join(askers);
        }

        // Then
        assertThat(pool.outstandingSlabs()).isZero();
        assertThat(pool.outstandingBytes()).isZero();
        assertThat(pool.retainedBytes()).isBetween(1L, 16L * KIB);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void neverGivesOneSlabToTwoHolders(long seed) throws Exception {
        // Given
        SlabPool pool = new SlabPool(64 * KIB);
        int threads = 6;

        // When
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> holders = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                Random random = new Random(seed * 1000 + thread);
                float mark = thread + 1;
                holders.add(executor.submit(() -> holdAndRelease(pool, random, mark)));
            }
            join(holders);
        }

        // Then
        assertThat(pool.outstandingSlabs()).isZero();
        assertThat(pool.outstandingBytes()).isZero();
        assertThat(pool.retainedBytes()).isBetween(1L, 64L * KIB);
    }

    /** Holds up to eight tensors at a time, each filled with this holder's mark, and checks the mark at release. */
    private static void holdAndRelease(SlabPool pool, Random random, float mark) {
        List<Tensor> held = new ArrayList<>();
        for (int step = 0; step < 500; step++) {
            if (held.size() < 8 && random.nextBoolean()) {
                Tensor tensor = allocate(pool, 1 + random.nextInt(5000));
                fill(tensor.floats(), mark);
                held.add(tensor);
            } else if (!held.isEmpty()) {
                release(held.remove(random.nextInt(held.size())), mark);
            }
        }
        held.forEach(tensor -> release(tensor, mark));
    }

    /** Takes tensors until it is refused one, gives all back, and so on; checks the limit at every step. */
    private static void askAndRelease(SlabPool pool, Random random) {
        List<Tensor> held = new ArrayList<>();
        for (int step = 0; step < 500; step++) {
            try {
                held.add(allocate(pool, 1 + random.nextInt(5000)));
            } catch (SlabLimitException e) {
                held.forEach(Tensor::close);
                held.clear();
            }
            assertThat(pool.outstandingBytes()).isBetween(0L, 64L * KIB);
        }
        held.forEach(Tensor::close);
    }

    private static void release(Tensor tensor, float mark) {
        FloatBuffer floats = tensor.floats();
        assertThat(floats.get(0)).isEqualTo(mark);
        assertThat(floats.get(floats.limit() - 1)).isEqualTo(mark);
        tensor.close();
    }

    private static void fill(FloatBuffer floats, float mark) {
        while (floats.hasRemaining()) {
            floats.put(mark);
        }
    }

    private static void join(List<Future<?>> futures) throws InterruptedException, ExecutionException {
        for (Future<?> future : futures) {
            future.get();
        }
    }

    private static Tensor allocate(SlabPool pool, long elements) {
        return pool.allocate(DataType.FLOAT32, Shape.of(elements));
    }
}
