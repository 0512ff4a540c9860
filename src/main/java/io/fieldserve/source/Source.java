package io.fieldserve.source;

import java.io.IOException;
import java.util.Optional;

/** A place elsewhere that has surrogates. Its {@code toString} says where, without anything secret. */
public interface Source {

    /**
     * Looks whether there is something new, without fetching it.
     *
     * @param revision what was fetched last, if there is such
     * @return what there is, or nothing where that is what was fetched last
     * @throws IOException the place can't be asked; the message names no host
     */
    Optional<Offer> look(Optional<String> revision) throws IOException, InterruptedException;
}
