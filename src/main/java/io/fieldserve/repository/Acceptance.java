package io.fieldserve.repository;

/** The last test of a version before anyone sees it. */
@FunctionalInterface
public interface Acceptance {

    /**
     * Returns if the version may be served.
     *
     * @param version opened, its files matching their digests
     * @throws RuntimeException the version must not be served; the message says why
     */
    void test(SurrogateVersion version);
}
