package io.fieldserve.onnx.device;

import io.fieldserve.tensor.MemoryLock;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * The device that sessions run on, as far as its libraries are to be found. What is missing is logged when the device is
 * opened, with the reason.
 */
public final class Device {

    private static final System.Logger LOG = System.getLogger(Device.class.getName());

    private final Optional<PageLock> pageLock;
    private final Optional<Nvml> nvml;

    private Device(Optional<PageLock> pageLock, Optional<Nvml> nvml) {
        this.pageLock = pageLock;
        this.nvml = nvml;
    }

    /** Sessions run on the processor: nothing is locked, and nothing reported. */
    public static Device none() {
        return new Device(Optional.empty(), Optional.empty());
    }

    /** The NVIDIA device of an index, as CUDA counts. */
    public static Device nvidia(int index) {
        return nvidia(index, CudaRuntime.LIBRARIES, Nvml.LIBRARIES);
    }

    static Device nvidia(int index, List<String> cudaLibraries, List<String> nvmlLibraries) {
        CudaRuntime cuda;
        try {
            cuda = new CudaRuntime(cudaLibraries, index);
        } catch (DeviceException e) {
            LOG.log(
                    Level.WARNING,
                    "Memory is not page-locked and the device''s figures are not reported: {0}",
                    e.getMessage());
            return none();
        }
        return new Device(Optional.of(new PageLock(cuda)), nvml(cuda, nvmlLibraries));
    }

    private static Optional<Nvml> nvml(CudaRuntime cuda, List<String> libraries) {
        try {
            return Optional.of(new Nvml(libraries, cuda.busId()));
        } catch (DeviceException e) {
            LOG.log(Level.WARNING, "The device''s figures are not reported: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Page-locked memory, where there is such; its counters are for whoever measures. */
    public Optional<PageLock> pageLock() {
        return pageLock;
    }

    /** What slabs are to be locked with. */
    public MemoryLock memoryLock() {
        return pageLock.<MemoryLock>map(lock -> lock).orElse(MemoryLock.NONE);
    }

    /** What the device reports now; nothing if it doesn't answer. */
    public Optional<DeviceFigures> figures() {
        try {
            return nvml.map(Nvml::figures);
        } catch (DeviceException e) {
            LOG.log(Level.DEBUG, "The device doesn''t report: {0}", e.getMessage());
            return Optional.empty();
        }
    }
}
