/**
 * What an ensemble says about its own answer: moments, calibrated intervals, in-distribution score, residuals.
 *
 * <p>Mean, standard deviation (n-1) and bounds are in the field's physical units, and lower never exceeds upper.
 *
 * <p>Imports {@code tensor} and {@code surrogate}.
 */
package io.fieldserve.uncertainty;
