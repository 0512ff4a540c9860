package io.fieldserve.prediction;

import io.fieldserve.repository.RepositoryIndex;
import io.fieldserve.repository.SurrogateRepository;
import io.fieldserve.repository.SurrogateVersion;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds the version a caller means, or says why there is none. */
public final class Catalogue {

    private final SurrogateRepository repository;

    public Catalogue(SurrogateRepository repository) {
        this.repository = repository;
    }

    /** Everything that is served, and what isn't. */
    public RepositoryIndex index() {
        RepositoryIndex index = repository.index();
        if (!index.loaded()) {
            throw new Failure.Unavailable("the surrogates are still being verified").asException();
        }
        return index;
    }

    /**
     * The version asked for, or the newest.
     *
     * @param version a number; empty for the newest
     * @throws FailureException there is no such surrogate or version, or none is loaded yet
     */
    public SurrogateVersion find(String surrogate, Optional<String> version) {
        RepositoryIndex index = index();
        SurrogateVersion latest = index.latest(surrogate)
                .orElseThrow(() -> new Failure.UnknownSurrogate(
                                surrogate, List.copyOf(index.served().keySet()))
                        .asException());
        return version.isEmpty()
                ? latest
                : index.version(surrogate, number(version.get()))
                        .orElseThrow(() -> new Failure.UnknownVersion(surrogate, version.get(), versions(surrogate))
                                .asException());
    }

    /**
     * A lease on the version asked for, or the newest, with which it may be run.
     *
     * @throws FailureException as {@link #find} does
     */
    public SurrogateVersion.Lease lease(String surrogate, Optional<String> version) {
        while (true) {
            Optional<SurrogateVersion.Lease> lease = find(surrogate, version).lease();
            if (lease.isPresent()) {
                return lease.get();
            }
            // It was closed since it was found, and so replaced or taken out of the index before.
        }
    }

    /** All versions of a surrogate, ascending. */
    public List<Integer> versions(String surrogate) {
        return List.copyOf(index().served()
                .getOrDefault(surrogate, Collections.emptyNavigableMap())
                .keySet());
    }

    /** A version's number; 0, which no version has, for anything else. */
    private static int number(String text) {
        return text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 0;
    }
}
