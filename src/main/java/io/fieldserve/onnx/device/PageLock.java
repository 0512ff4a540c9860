package io.fieldserve.onnx.device;

import io.fieldserve.tensor.MemoryLock;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory that the CUDA runtime page-locks, so that the device copies it without staging. What the runtime refuses is
 * counted, and logged the first time.
 */
public final class PageLock implements MemoryLock {

    private static final System.Logger LOG = System.getLogger(PageLock.class.getName());

    /** Of x86-64, for which alone ONNX Runtime is built with CUDA: a page belongs to no more than one slab. */
    private static final long PAGE = 4096;

    private final CudaRuntime cuda;
    private final AtomicLong lockedBytes = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();

    PageLock(CudaRuntime cuda) {
        this.cuda = cuda;
    }

    @Override
    public long alignment() {
        return PAGE;
    }

    @Override
    public boolean lock(MemorySegment memory) {
        try {
            cuda.register(memory);
        } catch (DeviceException e) {
            if (refusals.getAndIncrement() == 0) {
                LOG.log(
                        Level.WARNING,
                        "Memory can''t be page-locked, and is copied to the device more slowly: {0}. Further cases are "
                                + "counted only.",
                        e.getMessage());
            }
            return false;
        }
        lockedBytes.addAndGet(memory.byteSize());
        return true;
    }

    @Override
    public void unlock(MemorySegment memory) {
        lockedBytes.addAndGet(-memory.byteSize());
        try {
            cuda.unregister(memory);
        } catch (DeviceException e) {
            LOG.log(Level.WARNING, "Page-locked memory is freed though it could not be unlocked: {0}", e.getMessage());
        }
    }

    /** Bytes that are locked now. */
    public long lockedBytes() {
        return lockedBytes.get();
    }

    /** How often memory could not be locked. */
    public long refusals() {
        return refusals.get();
    }
}
