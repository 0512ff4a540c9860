/**
 * The native REST API: resources, content negotiation, failure to status.
 *
 * <p>The event loop never waits for inference, and a failure meets its status and its problem type in one place.
 *
 * <p>Imports every package below, and is not imported by any but {@code server}.
 */
package io.fieldserve.http;
