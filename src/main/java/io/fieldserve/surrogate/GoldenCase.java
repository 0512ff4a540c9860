package io.fieldserve.surrogate;

/**
 * Inputs and the outputs that the trainer's own framework computed for them, to be reproduced before a version is
 * served. The archive holds each input field by name and {@code mean} and {@code std} by {@link Manifest#arrayName};
 * no {@code std} where there is but one member.
 *
 * @param relativeTolerance bound on ||served - saved|| / ||saved mean||, of the mean and of the std of each output field:
 *     the std is what is left of members that agree in most of their 24 bits, so it's as accurate as the mean only when
 *     measured against it
 */
public record GoldenCase(String path, String sha256, double relativeTolerance) {}
