package io.fieldserve.onnx.device;

import java.util.OptionalInt;

/**
 * What a device reports of itself, whoever uses it.
 *
 * @param memoryUsed bytes of its memory that are taken
 * @param memoryTotal bytes of its memory
 * @param utilisation per cent of the last moments in which it was busy; not reported for a part of a device
 */
public record DeviceFigures(long memoryUsed, long memoryTotal, OptionalInt utilisation) {}
