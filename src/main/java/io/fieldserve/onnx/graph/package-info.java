/**
 * Checks ONNX graphs before they are opened, and rewrites them: an ensemble into its members, discrete Fourier transforms
 * into matrix products.
 *
 * <p>Nothing that a file holds makes it take more time or memory than its size warrants, or fail but as documented.
 *
 * <p>A rewritten graph computes what the original does, to rounding; where that can't be seen from the graph, there is
 * no rewritten graph. Models go in and out as bytes, and the protobuf types stay inside.
 *
 * <p>Imports the JDK and protobuf.
 */
package io.fieldserve.onnx.graph;
