/**
 * UM-Bridge, the protocol by which tools of uncertainty quantification (QMCPy, MUQ, PyMC and others) call models: flat lists
 * of numbers in and out, of sizes that are told beforehand.
 *
 * <p>Translates to and from {@code PredictionRequest} and {@code Prediction}, and computes nothing.
 *
 * <p>Imports {@code wire} and what is below it, and is not imported by any but {@code server}.
 */
package io.fieldserve.umbridge;
