package io.fieldserve.tensor;

import java.lang.foreign.MemorySegment;

/**
 * Keeps memory where it is, so that a device can copy from and to it on its own. Safe for use by several threads at
 * once.
 */
public interface MemoryLock {

    /** Locks nothing. */
    MemoryLock NONE = new MemoryLock() {
        @Override
        public long alignment() {
            return 1;
        }

        @Override
        public boolean lock(MemorySegment memory) {
            return false;
        }

        @Override
        public void unlock(MemorySegment memory) {
            // Never called: nothing was locked.
        }
    };

    /** What the address of memory to be locked must be a multiple of: a power of two. */
    long alignment();

    /** Locks memory, and says whether it could: memory that isn't locked works as well, only slower. */
    boolean lock(MemorySegment memory);

    /** Ends the lock of memory that was locked, and is about to be freed. */
    void unlock(MemorySegment memory);
}
