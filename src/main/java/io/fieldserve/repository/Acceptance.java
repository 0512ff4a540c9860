package io.fieldserve.repository;

import java.time.Duration;

/** The last test of a version before anyone sees it. */
@FunctionalInterface
public interface Acceptance {

    /**
     * Returns if the version may be served.
     *
     * @param version opened, its files matching their digests
     * @return how long a prediction takes that is the same for every way of running the version
     * @throws RuntimeException the version must not be served; the message says why
     */
    Duration test(SurrogateVersion version);
}
