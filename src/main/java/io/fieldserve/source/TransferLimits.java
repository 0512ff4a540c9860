package io.fieldserve.source;

import java.time.Duration;

/**
 * Bounds on what a source may cost.
 *
 * @param bytes of everything that is fetched, and of everything that is unpacked from it
 * @param connect until a connection stands
 * @param stall without a byte
 * @param file until a single file is there
 */
public record TransferLimits(long bytes, Duration connect, Duration stall, Duration file) {}
