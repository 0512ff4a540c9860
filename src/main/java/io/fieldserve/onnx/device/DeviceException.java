package io.fieldserve.onnx.device;

/** A library of the device is missing, or refused a call. */
final class DeviceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeviceException(String message) {
        super(message);
    }
}
