package io.fieldserve.onnx.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.tensor.MemoryLock;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What there is without NVIDIA's libraries: a reason, and a service that runs. */
class MissingLibraryTest {

    @TempDir
    Path folder;

    @Test
    void allNamesThatWereTriedAreNamed() {
        // When, Then
        assertThatThrownBy(() -> new CudaRuntime(List.of("libno-such.so.12", "libno-such.so.13"), 0))
                .isInstanceOf(DeviceException.class)
                .hasMessage("the loader finds no libno-such.so.12 or libno-such.so.13");
    }

    @Test
    void aLibraryThatLacksAFunctionIsNotTakenForTheRightOne() throws Exception {
        // Given
        List<String> nvml = StandIn.of("nvml.c", folder);

        // When, Then
        assertThatThrownBy(() -> new CudaRuntime(nvml, 0))
                .isInstanceOf(DeviceException.class)
                .hasMessageEndingWith("nvml.so has no cudaGetErrorString");
    }

    @Test
    void withoutTheCudaRuntimeNothingIsLockedOrReported() {
        // When
        Device device = Device.nvidia(0, List.of("libno-such.so"), List.of("libno-such.so"));

        // Then
        assertThat(device.memoryLock()).isSameAs(MemoryLock.NONE);
        assertThat(device.figures()).isEmpty();
    }

    @Test
    void withoutTheManagementLibraryMemoryIsLockedAllTheSame() throws Exception {
        // Given
        List<String> cudart = StandIn.of("cudart.c", folder);

        // When
        Device device = Device.nvidia(1, cudart, List.of("libno-such.so"));

        // Then
        assertThat(device.pageLock()).isPresent();
        assertThat(device.memoryLock()).isSameAs(device.pageLock().orElseThrow());
        assertThat(device.figures()).isEmpty();
    }

    @Test
    void noDeviceLocksAndReportsNothing() {
        // When
        Device device = Device.none();

        // Then
        assertThat(device.memoryLock()).isSameAs(MemoryLock.NONE);
        assertThat(device.pageLock()).isEmpty();
        assertThat(device.figures()).isEmpty();
    }
}
