package io.fieldserve.surrogate;

/**
 * A file of the version's folder.
 *
 * @param path file name within the folder, without separators
 * @param sha256 lower-case hexadecimal digest of its bytes
 */
public record FileDigest(String path, String sha256) {}
