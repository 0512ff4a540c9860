package io.fieldserve.repository;

/** Brings surrogates from elsewhere into the folders of a repository, which asks for it before it looks into them. */
@FunctionalInterface
public interface Supply {

    /** All surrogates are where they are looked for. */
    Supply NONE = insistent -> {};

    /**
     * Brings what has changed. A version comes whole or not at all. What can't be had stays as it is, and is reported; nothing
     * is thrown.
     *
     * @param insistent whether what has just failed is tried too, rather than after a pause
     */
    void renew(boolean insistent);
}
