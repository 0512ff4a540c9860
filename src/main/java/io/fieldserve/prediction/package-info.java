/**
 * Request in, prediction out: the predictor, rollouts and the sealed failure type.
 *
 * <p>Every way a request can fail is one of the failure type's cases, and every wait has a bound.
 *
 * <p>Imports the packages below, but reaches {@code onnx} only through an interface.
 */
package io.fieldserve.prediction;
