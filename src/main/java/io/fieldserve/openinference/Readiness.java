package io.fieldserve.openinference;

/** Whether the service is to be sent requests. It may answer some all the same. */
@FunctionalInterface
public interface Readiness {

    /** Ready once every surrogate on disk has a version that is served, until the service begins to stop. */
    boolean ready();
}
