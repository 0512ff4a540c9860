/**
 * The Open Inference Protocol, version 2: what REST and gRPC have in common. A surrogate is a model whose outputs are
 * arrays of its prediction.
 *
 * <p>Translates to and from {@code PredictionRequest} and {@code Prediction}, and computes nothing.
 *
 * <p>Imports {@code wire} and what is below it, and is not imported by any but {@code server}.
 */
package io.fieldserve.openinference;
