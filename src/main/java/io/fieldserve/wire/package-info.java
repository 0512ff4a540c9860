/**
 * HTTP exchanges, whatever API they belong to: bodies as they arrive and within their limits, replies as they leave,
 * compression, callers who go, and failures on their way to a status.
 *
 * <p>The event loop never waits; memory that a reply reads from is given back exactly once, and a failure meets its status
 * in one place.
 *
 * <p>Imports {@code clients}, {@code codec}, {@code prediction} and what is below them.
 */
package io.fieldserve.wire;
