package io.fieldserve.onnx;

/**
 * The device that sessions run on where that isn't the CPU, and how they use it.
 *
 * @param device its index, as CUDA counts
 */
public record AcceleratorSettings(int device, CudaSettings cuda, TensorRtSettings tensorRt) {

    public AcceleratorSettings {
        if (device < 0) {
            throw new IllegalArgumentException("there is no device " + device);
        }
    }

    /** The first device, used as nothing in the configuration says otherwise. */
    public static AcceleratorSettings defaults() {
        return new AcceleratorSettings(0, CudaSettings.defaults(), TensorRtSettings.defaults());
    }
}
