/**
 * Arrays off the heap: element type, shape, direct-buffer tensors, the slab pool, stack and split along batch.
 *
 * <p>Data is C-ordered and little-endian, and every slab taken from the pool goes back exactly once, on every path.
 *
 * <p>Imports the JDK alone.
 */
package io.fieldserve.tensor;
