package io.fieldserve.repository;

/**
 * Hears what a repository is about to serve, before anybody can ask for it. Called on the thread that loads or unloads, one
 * change at a time; it never throws.
 */
@FunctionalInterface
public interface RepositoryListener {

    /** Listens to nothing. */
    RepositoryListener NONE = index -> {};

    /** This is what will be served from now on. */
    void changing(RepositoryIndex index);
}
