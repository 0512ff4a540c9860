/**
 * Work that waits, and the threads that do it: lanes of like work, batches, fair shares, deadlines, admission.
 *
 * <p>Every ticket ends exactly once, every permit is given back exactly once, and every wait has a bound. Knows nothing
 * of tensors, models or protocols.
 *
 * <p>Imports the JDK alone.
 */
package io.fieldserve.batching;
