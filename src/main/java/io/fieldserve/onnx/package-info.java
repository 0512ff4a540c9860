/**
 * Everything that touches ONNX Runtime: environment, execution providers, sessions, members.
 *
 * <p>No other package names {@code ai.onnxruntime}, and each native value is closed exactly once, on every path.
 *
 * <p>Imports {@code tensor} and {@code surrogate}.
 */
package io.fieldserve.onnx;
