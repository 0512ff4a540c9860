/**
 * Traces: what each sampled request waited for and which run it shared, as spans of OpenTelemetry.
 *
 * <p>Nothing of a body, a header or a query goes into a span, and what isn't sampled costs next to nothing.
 *
 * <p>The only package that imports OpenTelemetry.
 */
package io.fieldserve.server.tracing;
