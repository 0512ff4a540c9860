package io.fieldserve.onnx.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** What is needed of the CUDA runtime, for one device. Safe for use by several threads at once. */
final class CudaRuntime {

    /** The version that ONNX Runtime's provider was linked against first, since it is loaded already. */
    static final List<String> LIBRARIES = List.of("libcudart.so.12", "libcudart.so.13");

    /** Locked for every context, whichever thread and device asked. */
    private static final int PORTABLE = 1;

    private static final int BUS_ID_BYTES = 32;

    private final int device;
    private final NativeLibrary.Function setDevice;
    private final NativeLibrary.Function hostRegister;
    private final NativeLibrary.Function hostUnregister;
    private final NativeLibrary.Function lastError;
    private final NativeLibrary.Function busId;

    /**
     * Looks the runtime up.
     *
     * @throws DeviceException it is missing
     */
    CudaRuntime(List<String> libraries, int device) {
        NativeLibrary library = NativeLibrary.open(libraries, "cudaGetErrorString");
        this.device = device;
        this.setDevice = library.function("cudaSetDevice", JAVA_INT);
        this.hostRegister = library.function("cudaHostRegister", ADDRESS, JAVA_LONG, JAVA_INT);
        this.hostUnregister = library.function("cudaHostUnregister", ADDRESS);
        this.lastError = library.function("cudaGetLastError");
        this.busId = library.function("cudaDeviceGetPCIBusId", ADDRESS, JAVA_INT, JAVA_INT);
    }

    /**
     * Page-locks memory.
     *
     * @throws DeviceException it can't be; nothing has changed then
     */
    void register(MemorySegment memory) {
        // Else the thread's first call would make a context on device 0, whichever the sessions run on.
        clearing(() -> setDevice.call(device));
        clearing(() -> hostRegister.call(memory, memory.byteSize(), PORTABLE));
    }

    /**
     * Ends a registration.
     *
     * @throws DeviceException it can't be
     */
    void unregister(MemorySegment memory) {
        clearing(() -> hostUnregister.call(memory));
    }

    /** Where the device is, by which other libraries know it: they may count in another order. */
    String busId() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(BUS_ID_BYTES);
            clearing(() -> busId.call(text, BUS_ID_BYTES, device));
            return text.getString(0);
        }
    }

    /** The runtime remembers a failure for its thread, and ONNX Runtime would find it after its own next call. */
    private void clearing(Runnable call) {
        try {
            call.run();
        } catch (DeviceException e) {
            lastError.status();
            throw e;
        }
    }
}
