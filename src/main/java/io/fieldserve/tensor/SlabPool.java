package io.fieldserve.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tensors over pooled slabs of direct memory. Slab sizes are powers of two from {@value #SMALLEST} bytes, so a slab
 * holds at most twice what was asked for, and any slab of a class serves any request of that class.
 *
 * <p>A closed tensor's slab is kept for the next request, most recently used first, as long as no more than the given
 * bound is kept in all; otherwise its memory goes back to the operating system there and then. Slabs are not zeroed
 * between uses. The slabs that open tensors hold never pass a bound of their own: a tensor that would take them over it
 * is refused. Every method is safe for use by several threads at once, and the counters are exact.
 *
 * <p>Each slab is a shared {@link Arena}, because that is the one kind of direct memory that any thread may use, that
 * is freed at a known moment rather than by the garbage collector, and whose stale buffers throw instead of corrupting
 * memory. Closing such an arena is slow (it stops all threads briefly), which is paid only for what is over the bound.
 *
 * <p>A slab is locked by the given {@link MemoryLock} when it is created, and stays so while it is retained, until just
 * before its memory is freed: locking is as slow as a small copy, so it is paid as rarely as the arena. What can't be
 * locked is used all the same.
 */
public final class SlabPool implements TensorAllocator {
    static final int SMALLEST = 4096;

    private static final int ALIGNMENT = 64;
    private static final int SIZE_CLASSES = Integer.SIZE - Integer.numberOfTrailingZeros(SMALLEST);

    private final long retainedLimit;
    private final long outstandingLimit;
    private final MemoryLock lock;
    private final Deque<Slab>[] free = emptyClasses();
    private long retainedBytes;
    private long outstandingBytes;
    private int outstandingSlabs;

    /** A pool that keeps at most {@code retainedLimit} bytes of unused slabs, and gives out any number. */
    public SlabPool(long retainedLimit) {
        this(retainedLimit, Long.MAX_VALUE);
    }

    /**
     * A pool that keeps at most {@code retainedLimit} bytes of unused slabs, and lets open tensors hold slabs of at
     * most {@code outstandingLimit} bytes.
     */
    public SlabPool(long retainedLimit, long outstandingLimit) {
        this(retainedLimit, outstandingLimit, MemoryLock.NONE);
    }

    /** A pool with both bounds whose slabs are locked while they exist. */
    public SlabPool(long retainedLimit, long outstandingLimit, MemoryLock lock) {
        if (retainedLimit < 0) {
            throw new IllegalArgumentException("Negative bound on retained bytes: " + retainedLimit);
        }
        if (outstandingLimit < 1) {
            throw new IllegalArgumentException("Bound on outstanding bytes below 1: " + outstandingLimit);
        }
        this.retainedLimit = retainedLimit;
        this.outstandingLimit = outstandingLimit;
        this.lock = lock;
    }

    @Override
    public Tensor allocate(DataType type, Shape shape) {
        int bytes = Tensor.byteSize(type, shape);
        Slab slab = acquire(sizeClass(bytes));
        return Tensor.wrap(type, shape, slab.segment().asSlice(0, bytes).asByteBuffer(), () -> release(slab));
    }

    /** The number of slabs that open tensors hold. */
    public synchronized int outstandingSlabs() {
        return outstandingSlabs;
    }

    /** The bytes of the slabs that open tensors hold: whole slabs, not only the part in use. */
    public synchronized long outstandingBytes() {
        return outstandingBytes;
    }

    /** The bytes of unused slabs kept for later. */
    public synchronized long retainedBytes() {
        return retainedBytes;
    }

    private Slab acquire(int sizeClass) {
        Slab retained = reserve(sizeClass);
        if (retained != null) {
            return retained;
        }
        try {
            return Slab.create(sizeClass, lock);
        } catch (RuntimeException | Error e) {
            cancel(sizeClass);
            throw e;
        }
    }

    /** Counts a slab of the class as out, and gives a retained one for it; null where it has yet to be created. */
    private synchronized Slab reserve(int sizeClass) {
        long size = slabSize(sizeClass);
        if (size > outstandingLimit - outstandingBytes) {
            throw new SlabLimitException(size, outstandingBytes, outstandingLimit);
        }
        outstandingSlabs++;
        outstandingBytes += size;
        Slab slab = free[sizeClass].pollFirst();
        if (slab != null) {
            retainedBytes -= size;
        }
        return slab;
    }

    private synchronized void cancel(int sizeClass) {
        outstandingSlabs--;
        outstandingBytes -= slabSize(sizeClass);
    }

    private void release(Slab slab) {
        boolean surplus;
        synchronized (this) {
            outstandingSlabs--;
            outstandingBytes -= slab.size();
            surplus = slab.size() > retainedLimit - retainedBytes;
            if (!surplus) {
                retainedBytes += slab.size();
                free[slab.sizeClass()].addFirst(slab);
            }
        }
        if (surplus) {
            slab.free(lock);
        }
    }

    private static long slabSize(int sizeClass) {
        return (long) SMALLEST << sizeClass;
    }

    /** The smallest class whose slabs hold the given number of bytes; class {@code n} is {@code SMALLEST * 2^n}. */
    private static int sizeClass(int bytes) {
        int units = (int) (((long) bytes + SMALLEST - 1) / SMALLEST);
        return units <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(units - 1);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Deque<Slab>[] emptyClasses() {
        Deque<Slab>[] classes = new Deque[SIZE_CLASSES];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = new ArrayDeque<>();
        }
        return classes;
    }

    private record Slab(int sizeClass, Arena arena, MemorySegment segment, boolean locked) {
        static Slab create(int sizeClass, MemoryLock lock) {
            Arena arena = Arena.ofShared();
            try {
                MemorySegment segment = arena.allocate(slabSize(sizeClass), Math.max(ALIGNMENT, lock.alignment()));
                return new Slab(sizeClass, arena, segment, lock.lock(segment));
            } catch (RuntimeException | Error e) {
                arena.close();
                throw e;
            }
        }

        void free(MemoryLock lock) {
            try {
                if (locked) {
                    lock.unlock(segment);
                }
            } finally {
                arena.close();
            }
        }

        long size() {
            return segment.byteSize();
        }
    }
}
