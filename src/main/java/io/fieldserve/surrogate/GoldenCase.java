package io.fieldserve.surrogate;

/**
 * Inputs and the outputs that the trainer's own framework computed for them, to be reproduced before a version is
 * served. The archive holds each input field by name and {@code mean} and {@code std} by {@link Manifest#arrayName};
 * no {@code std} where there is but one member.
 *
 * @param relativeTolerance bound on ||served - saved|| / ||saved|| of each array
 */
public record GoldenCase(String path, String sha256, double relativeTolerance) {}
