/**
 * What is counted and measured, at {@code /q/metrics}.
 *
 * <p>Labels take only values that the service itself sets: names and versions that are served, kinds of problems, routes.
 * What belongs to a version goes with it.
 *
 * <p>The only package that imports Micrometer.
 */
package io.fieldserve.server.metrics;
