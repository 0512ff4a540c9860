/**
 * Who asks, and how much of the service each may have: so many requests at once, and so many a second.
 *
 * <p>A place is given back exactly once; what is remembered of clients is bounded, however many there are, and costs nothing
 * where nothing is limited.
 *
 * <p>Imports {@code batching} and {@code prediction}, and knows no protocol.
 */
package io.fieldserve.clients;
