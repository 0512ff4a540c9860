/**
 * The GPU beside ONNX Runtime: page-locked memory and what the device reports of itself, by way of NVIDIA's libraries.
 *
 * <p>The libraries are looked up at run time. Where one is missing, the log says so once and the service runs without.
 *
 * <p>Imports {@code tensor}; nothing of ONNX Runtime.
 */
package io.fieldserve.onnx.device;
