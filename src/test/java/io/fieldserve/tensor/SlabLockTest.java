package io.fieldserve.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is locked is unlocked exactly once, before its memory is freed. */
class SlabLockTest {
    private static final int KIB = 1024;
    private static final int PAGE = 4 * KIB;

    /** Counts, and notices memory that is locked twice, unlocked twice or freed while locked. */
    private static class CountingLock implements MemoryLock {
        final Map<Long, MemorySegment> held = new ConcurrentHashMap<>();
        final AtomicInteger locked = new AtomicInteger();
        final AtomicInteger unlocked = new AtomicInteger();
        final List<String> faults = new ArrayList<>();

        @Override
        public long alignment() {
            return PAGE;
        }

        @Override
        public boolean lock(MemorySegment memory) {
            locked.incrementAndGet();
            if (held.put(memory.address(), memory) != null) {
                fault("locked while it is locked: " + memory);
            }
            return true;
        }

        @Override
        public void unlock(MemorySegment memory) {
            unlocked.incrementAndGet();
            if (!memory.scope().isAlive()) {
                fault("freed while it was locked: " + memory);
            }
            if (held.remove(memory.address()) == null) {
                fault("unlocked though it isn't locked: " + memory);
            }
        }

        private synchronized void fault(String fault) {
            faults.add(fault);
        }
    }

    @Test
    void locksWholePagesOfEachNewSlab() {
        // Given
        CountingLock lock = new CountingLock();
        SlabPool pool = new SlabPool(0, Long.MAX_VALUE, lock);

        // When
        Tensor tensor = allocate(pool, 1025);

        // Then
        assertThat(lock.held).hasSize(1);
        MemorySegment memory = lock.held.values().iterator().next();
        assertThat(memory.address() % PAGE).isZero();
        assertThat(memory.byteSize()).isEqualTo(2 * PAGE);
        assertThat(MemorySegment.ofBuffer(tensor.bytes()).address()).isEqualTo(memory.address());
        tensor.close();
    }

    @Test
    void aRetainedSlabStaysLocked() {
        // Given
        CountingLock lock = new CountingLock();
        SlabPool pool = new SlabPool(PAGE, Long.MAX_VALUE, lock);
        allocate(pool, 1).close();

        // When
        allocate(pool, 1).close();

        // Then
        assertThat(lock.locked).hasValue(1);
        assertThat(lock.unlocked).hasValue(0);
    }

    @Test
    void aSurplusSlabIsUnlockedBeforeItIsFreed() {
        // Given
        CountingLock lock = new CountingLock();
        SlabPool pool = new SlabPool(0, Long.MAX_VALUE, lock);
        Tensor tensor = allocate(pool, 1);

        // When
        tensor.close();

        // Then
        assertThat(lock.unlocked).hasValue(1);
        assertThat(lock.held).isEmpty();
        assertThat(lock.faults).isEmpty();
    }

    @Test
    void whatCannotBeLockedIsUsedAndNeverUnlocked() {
        // Given
        CountingLock lock = new CountingLock() {
            @Override
            public boolean lock(MemorySegment memory) {
                return false;
            }
        };
        SlabPool pool = new SlabPool(0, Long.MAX_VALUE, lock);

        // When
        allocate(pool, 1).close();

        // Then
        assertThat(lock.unlocked).hasValue(0);
        assertThat(pool.outstandingBytes()).isZero();
    }

    @Test
    void aLockThatThrowsTakesNothing() {
        // Given
        CountingLock lock = new CountingLock() {
            @Override
            public boolean lock(MemorySegment memory) {
                throw new IllegalStateException("no lock");
            }
        };
        SlabPool pool = new SlabPool(1 << 20, Long.MAX_VALUE, lock);

        // When
        assertThatThrownBy(() -> allocate(pool, 1)).hasMessage("no lock");

        // Then
        assertThat(lock.unlocked).hasValue(0);
        assertThat(pool.outstandingSlabs()).isZero();
        assertThat(pool.outstandingBytes()).isZero();
        assertThat(pool.retainedBytes()).isZero();
    }

    @Test
    void memoryIsFreedThoughUnlockingThrows() {
        // Given
        CountingLock lock = new CountingLock() {
            @Override
            public void unlock(MemorySegment memory) {
                throw new IllegalStateException("no unlock");
            }
        };
        SlabPool pool = new SlabPool(0, Long.MAX_VALUE, lock);
        Tensor tensor = allocate(pool, 1);

        // When
        assertThatThrownBy(tensor::close).hasMessage("no unlock");

        // Then
        assertThat(lock.held.values())
                .hasSize(1)
                .allMatch(memory -> !memory.scope().isAlive());
        assertThat(pool.outstandingBytes()).isZero();
    }

    @Test
    void countsAddUpWhenSeveralThreadsAsk() throws Exception {
        // Given
        CountingLock lock = new CountingLock();
        SlabPool pool = new SlabPool(32 * KIB, Long.MAX_VALUE, lock);

        // When
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<?>> askers = new ArrayList<>();
            for (int seed = 0; seed < 4; seed++) {
                Random random = new Random(seed);
                askers.add(executor.submit(() -> askAndRelease(pool, random)));
            }
            for (Future<?> asker : askers) {
                asker.get();
            }
        }

        // Then
        long retained =
                lock.held.values().stream().mapToLong(MemorySegment::byteSize).sum();
        assertThat(lock.faults).isEmpty();
        assertThat(lock.locked.get() - lock.unlocked.get()).isEqualTo(lock.held.size());
        assertThat(retained).isEqualTo(pool.retainedBytes());
    }

    private static void askAndRelease(SlabPool pool, Random random) {
        List<Tensor> held = new ArrayList<>();
        for (int step = 0; step < 300; step++) {
            held.add(allocate(pool, 1 + random.nextInt(5000)));
            if (held.size() > 6) {
                held.remove(random.nextInt(held.size())).close();
            }
        }
        held.forEach(Tensor::close);
    }

    private static Tensor allocate(SlabPool pool, long elements) {
        return pool.allocate(DataType.FLOAT32, Shape.of(elements));
    }
}
