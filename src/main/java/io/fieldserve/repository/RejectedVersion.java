package io.fieldserve.repository;

/**
 * A folder that was found but is not served.
 *
 * @param surrogate folder name
 * @param version folder name
 */
public record RejectedVersion(String surrogate, String version, String reason) {}
