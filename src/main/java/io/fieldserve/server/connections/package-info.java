/**
 * Connections that don't get as far as a request.
 *
 * <p>Whoever connects has to say what it wants in a bounded time, however it trickles: the server's own idle time counts
 * from the last byte, and its other bounds begin with a request.
 *
 * <p>Imports Netty and Vert.x, and nothing of ours.
 */
package io.fieldserve.server.connections;
