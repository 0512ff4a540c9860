/**
 * The Open Inference Protocol over REST, with JSON and the binary tensor extension.
 *
 * <p>Translates bodies, addresses and failures, and nothing else.
 *
 * <p>Imports {@code openinference}, and what that imports.
 */
package io.fieldserve.openinference.rest;
