/**
 * Rewrites ONNX graphs before they are opened: an ensemble into its members, discrete Fourier transforms into matrix
 * products.
 *
 * <p>A rewritten graph computes what the original does, to rounding; where that can't be seen from the graph, there is
 * no rewritten graph. Models go in and out as bytes, and the protobuf types stay inside.
 *
 * <p>Imports the JDK and protobuf.
 */
package io.fieldserve.onnx.graph;
