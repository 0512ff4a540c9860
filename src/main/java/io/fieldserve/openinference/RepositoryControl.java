package io.fieldserve.openinference;

import io.fieldserve.prediction.Catalogue;
import io.fieldserve.prediction.Failure;
import io.fieldserve.repository.RepositoryIndex;
import io.fieldserve.repository.SurrogateRepository;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Loads and unloads surrogates for callers of the protocol, where the configuration lets them. Takes its time. */
public final class RepositoryControl {

    private static final String SETTING = "fieldserve.repository.control=true";

    private final boolean allowed;
    private final SurrogateRepository repository;
    private final Catalogue catalogue;

    public RepositoryControl(boolean allowed, SurrogateRepository repository, Catalogue catalogue) {
        this.allowed = allowed;
        this.repository = repository;
        this.catalogue = catalogue;
    }

    /**
     * Loads what there is now of a surrogate, and returns when it is served.
     *
     * @param parameters names of those that came with the call
     * @throws io.fieldserve.prediction.FailureException there is no such surrogate, no version of it can be served, or
     *     loading is not allowed
     */
    public void load(String surrogate, Set<String> parameters) {
        parameters.forEach(RepositoryControl::requireHarmless);
        requireAllowed("Loading");
        RepositoryIndex before = catalogue.index();
        if (!repository.load(surrogate)) {
            throw new Failure.UnknownSurrogate(
                            surrogate, List.copyOf(before.served().keySet()))
                    .asException();
        }
        RepositoryIndex after = catalogue.index();
        if (after.latest(surrogate).isEmpty()) {
            String reasons = after.rejected().stream()
                    .filter(version -> version.surrogate().equals(surrogate))
                    .map(version -> version.version() + ": " + version.reason())
                    .collect(Collectors.joining("; "));
            throw new Failure.InvalidParameter("model", "a surrogate with a version that can be served", reasons)
                    .asException();
        }
    }

    /**
     * Stops serving a surrogate; what is being predicted with it ends first.
     *
     * @throws io.fieldserve.prediction.FailureException it isn't served, or unloading is not allowed
     */
    public void unload(String surrogate) {
        requireAllowed("Unloading");
        RepositoryIndex before = catalogue.index();
        if (!repository.unload(surrogate)) {
            throw new Failure.UnknownSurrogate(
                            surrogate, List.copyOf(before.served().keySet()))
                    .asException();
        }
    }

    private static void requireHarmless(String parameter) {
        if (parameter.equals("config") || parameter.startsWith("file:")) {
            throw new Failure.InvalidParameter(parameter, "none, as surrogates are loaded from the repository", "one")
                    .asException();
        }
    }

    private void requireAllowed(String what) {
        if (!allowed) {
            throw new Failure.NotAllowed(what, SETTING).asException();
        }
    }
}
