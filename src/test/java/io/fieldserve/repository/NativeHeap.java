package io.fieldserve.repository;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.stream.IntStream;

/** What native code holds by malloc, as glibc counts it over all arenas: the heap of the JVM and what was freed don't count. */
final class NativeHeap {

    /** Fields of {@code struct mallinfo2}, each a {@code size_t}: bytes in mapped regions, and in use elsewhere. */
    private static final int MAPPED = 4;

    private static final int IN_USE = 7;

    private static final StructLayout FIGURES = MemoryLayout.structLayout(
            IntStream.range(0, 10).mapToObj(_ -> ValueLayout.JAVA_LONG).toArray(MemoryLayout[]::new));

    private final MethodHandle mallinfo2;

    private NativeHeap(MethodHandle mallinfo2) {
        this.mallinfo2 = mallinfo2;
    }

    /** That of this process, where its C library counts. */
    @SuppressWarnings("restricted")
    static Optional<NativeHeap> find() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("mallinfo2")
                .map(symbol -> new NativeHeap(linker.downcallHandle(symbol, FunctionDescriptor.of(FIGURES))));
    }

    long bytes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment figures = (MemorySegment) mallinfo2.invokeExact((SegmentAllocator) arena);
            return figures.getAtIndex(ValueLayout.JAVA_LONG, MAPPED)
                    + figures.getAtIndex(ValueLayout.JAVA_LONG, IN_USE);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
