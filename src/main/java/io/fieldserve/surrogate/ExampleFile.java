package io.fieldserve.surrogate;

/**
 * Held-out cases drawn from the training distribution: each input field by name and the reference solver's solution of
 * each output field as {@code reference.<field>}, all with a leading axis of {@code cases}.
 */
public record ExampleFile(String path, String sha256, int cases) {}
