package io.fieldserve.openinference;

import io.fieldserve.repository.RepositoryIndex;
import java.util.List;
import java.util.stream.Stream;

/**
 * A version as the model repository extension lists it.
 *
 * @param state {@code READY} or {@code UNAVAILABLE}
 * @param reason why it isn't served, or empty
 */
public record RepositoryModel(String name, String version, String state, String reason) {

    /** All versions that were found. */
    public static List<RepositoryModel> of(RepositoryIndex index, boolean readyOnly) {
        Stream<RepositoryModel> served = index.versions()
                .map(version -> new RepositoryModel(
                        version.manifest().name(),
                        Integer.toString(version.manifest().version()),
                        "READY",
                        ""));
        Stream<RepositoryModel> unserved = Stream.concat(index.rejected().stream(), index.unloaded().stream())
                .map(version ->
                        new RepositoryModel(version.surrogate(), version.version(), "UNAVAILABLE", version.reason()));
        return (readyOnly ? served : Stream.concat(served, unserved)).toList();
    }
}
