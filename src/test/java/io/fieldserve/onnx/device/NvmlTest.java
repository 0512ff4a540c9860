package io.fieldserve.onnx.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvmlTest {

    @TempDir
    Path folder;

    @Test
    void asksTheDeviceThatCudaMeans() throws Exception {
        // Given
        String busId = new CudaRuntime(StandIn.of("cudart.c", folder), 1).busId();
        Nvml nvml = new Nvml(StandIn.of("nvml.c", folder), busId);

        // When
        DeviceFigures figures = nvml.figures();

        // Then
        assertThat(figures).isEqualTo(new DeviceFigures(5L << 30, 80L << 30, OptionalInt.of(73)));
    }

    @Test
    void reportsTheMemoryOfADeviceThatHasNoRates() throws Exception {
        // Given
        Nvml nvml = new Nvml(StandIn.of("nvml.c", folder), "0000:3B:00.0");
        nvml.figures();

        // When
        DeviceFigures figures = nvml.figures();

        // Then
        assertThat(figures).isEqualTo(new DeviceFigures(5L << 30, 80L << 30, OptionalInt.empty()));
    }

    @Test
    void saysWhyADeviceIsNotToBeHad() throws Exception {
        // Given
        List<String> nvml = StandIn.of("nvml.c", folder);

        // When, Then
        assertThatThrownBy(() -> new Nvml(nvml, "0000:99:00.0"))
                .isInstanceOf(DeviceException.class)
                .hasMessage("nvmlDeviceGetHandleByPciBusId_v2: Not Found (6)");
    }
}
