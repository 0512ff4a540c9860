/**
 * Load scenarios with fixed arrival rates: requests come when they come, whether the service keeps up or not, so that
 * waiting shows. Assertions are about correctness alone; how long things took is in the report.
 */
package io.fieldserve.load;
