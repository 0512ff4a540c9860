package io.fieldserve.onnx.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.OptionalInt;

/** What is needed of NVIDIA's management library, for one device. Safe for use by several threads at once. */
final class Nvml {

    static final List<String> LIBRARIES = List.of("libnvidia-ml.so.1");

    private final NativeLibrary.Function memoryInfo;
    private final NativeLibrary.Function utilisationRates;
    private final MemorySegment device;

    /**
     * Finds a device.
     *
     * @param busId where it is
     * @throws DeviceException the library is missing or doesn't know the device
     */
    Nvml(List<String> libraries, String busId) {
        NativeLibrary library = NativeLibrary.open(libraries, "nvmlErrorString");
        this.memoryInfo = library.function("nvmlDeviceGetMemoryInfo", ADDRESS, ADDRESS);
        this.utilisationRates = library.function("nvmlDeviceGetUtilizationRates", ADDRESS, ADDRESS);
        library.function("nvmlInit_v2").call();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(ADDRESS);
            library.function("nvmlDeviceGetHandleByPciBusId_v2", ADDRESS, ADDRESS)
                    .call(arena.allocateFrom(busId), handle);
            this.device = handle.get(ADDRESS, 0);
        }
    }

    /**
     * Asks the device.
     *
     * @throws DeviceException it doesn't answer
     */
    DeviceFigures figures() {
        try (Arena arena = Arena.ofConfined()) {
            // nvmlMemory_t: total, free and used, of 64 bits each
            MemorySegment memory = arena.allocate(JAVA_LONG, 3);
            memoryInfo.call(device, memory);
            // nvmlUtilization_t: gpu and memory, of 32 bits each
            MemorySegment rates = arena.allocate(JAVA_INT, 2);
            boolean rated = utilisationRates.status(device, rates) == 0;
            return new DeviceFigures(
                    memory.getAtIndex(JAVA_LONG, 2),
                    memory.getAtIndex(JAVA_LONG, 0),
                    rated ? OptionalInt.of(rates.getAtIndex(JAVA_INT, 0)) : OptionalInt.empty());
        }
    }
}
