/**
 * JSON, NPY, NPZ and raw binary to and from tensors: streaming, without boxing.
 *
 * <p>Memory is taken as bytes arrive, never because a body or its transport announces them, and only for what is
 * allowed.
 *
 * <p>Imports {@code tensor}, {@code batching}, {@code surrogate} and {@code prediction}, and Jackson for JSON.
 */
package io.fieldserve.codec;
