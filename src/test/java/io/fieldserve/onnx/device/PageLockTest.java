package io.fieldserve.onnx.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slabs locked by a stand-in for the CUDA runtime, which has its own idea of what is locked. */
class PageLockTest {
    private static final int CUDA_HOST_REGISTER_PORTABLE = 1;

    @TempDir
    Path folder;

    @Test
    void locksASlabForAllContexts() throws Exception {
        // Given
        List<String> cudart = StandIn.of("cudart.c", folder);
        PageLock lock = new PageLock(new CudaRuntime(cudart, 1));
        SlabPool pool = new SlabPool(0, Long.MAX_VALUE, lock);

        // When
        Tensor tensor = allocate(pool, 3 * 1024);

        // Then
        assertThat(lock.lockedBytes()).isEqualTo(16 * 1024);
        assertThat(lock.refusals()).isZero();
        assertThat(ask(cudart, "locked_kib")).isEqualTo(16);
        assertThat(ask(cudart, "flags_seen")).isEqualTo(CUDA_HOST_REGISTER_PORTABLE);
        tensor.close();
    }

    @Test
    void unlocksASlabThatIsFreed() throws Exception {
        // Given
        List<String> cudart = StandIn.of("cudart.c", folder);
        PageLock lock = new PageLock(new CudaRuntime(cudart, 1));
        SlabPool pool = new SlabPool(0, Long.MAX_VALUE, lock);
        Tensor tensor = allocate(pool, 3 * 1024);

        // When
        tensor.close();

        // Then
        assertThat(lock.lockedBytes()).isZero();
        assertThat(ask(cudart, "locked_kib")).isZero();
    }

    @Test
    void countsWhatIsRefusedAndLeavesNoErrorBehind() throws Exception {
        // Given
        List<String> cudart = StandIn.of("cudart.c", folder);
        PageLock lock = new PageLock(new CudaRuntime(cudart, 1));
        SlabPool pool = new SlabPool(0, Long.MAX_VALUE, lock);

        // When
        Tensor first = allocate(pool, 32 * 1024);
        Tensor second = allocate(pool, 32 * 1024);

        // Then
        assertThat(lock.refusals()).isEqualTo(2);
        assertThat(lock.lockedBytes()).isZero();
        assertThat(ask(cudart, "kept_error")).isZero();
        first.close();
        second.close();
        assertThat(pool.outstandingBytes()).isZero();
    }

    @Test
    void saysWhatTheRuntimeSays() throws Exception {
        // Given
        CudaRuntime cuda = new CudaRuntime(StandIn.of("cudart.c", folder), 7);
        SlabPool pool = new SlabPool(0);

        // When, Then
        try (Tensor tensor = allocate(pool, 1)) {
            assertThatThrownBy(() -> cuda.register(MemorySegment.ofBuffer(tensor.bytes())))
                    .isInstanceOf(DeviceException.class)
                    .hasMessage("cudaSetDevice: invalid device ordinal (101)");
        }
    }

    private static int ask(List<String> cudart, String question) {
        return NativeLibrary.open(cudart, "cudaGetErrorString")
                .function(question)
                .status();
    }

    private static Tensor allocate(SlabPool pool, long elements) {
        return pool.allocate(DataType.FLOAT32, Shape.of(elements));
    }
}
