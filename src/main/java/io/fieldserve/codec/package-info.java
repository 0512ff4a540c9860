/**
 * JSON, NPY, NPZ and raw binary to and from tensors: streaming, without boxing.
 *
 * <p>One copy in and one copy out, and nothing is allocated because a body announces it: only for what is allowed.
 *
 * <p>Imports {@code tensor}, {@code surrogate} and {@code prediction}, and Jackson for JSON.
 */
package io.fieldserve.codec;
