/**
 * What the packaged service does when its surroundings fail, under a steady load whose every answer is checked.
 *
 * <p>{@code -Dfieldserve.faults.scale=10} makes each scenario last about ten times as long.
 */
package io.fieldserve.faults;
