/**
 * Versions on disk: which are wanted, verification, load and unload, polling for changes.
 *
 * <p>A version is visible only when it is whole: hashes match, the session opens, the golden case is reproduced; a graph
 * without a manifest passes a warm-up. What fails stays out, with the reason in the index.
 *
 * <p>Imports {@code tensor}, {@code surrogate} and {@code onnx}.
 */
package io.fieldserve.repository;
