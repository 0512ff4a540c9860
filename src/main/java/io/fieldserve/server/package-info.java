/**
 * The one composition root: configuration, wiring, health and shutdown.
 *
 * <p>Whatever is wrong with the configuration is said at start, and what is started here is stopped here.
 *
 * <p>Imports everything; nothing imports it.
 */
package io.fieldserve.server;
