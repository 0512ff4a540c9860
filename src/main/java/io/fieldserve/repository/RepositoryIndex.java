package io.fieldserve.repository;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a repository holds at one moment. Immutable.
 *
 * @param loaded whether the repository has been read at all
 * @param served versions by surrogate and number
 * @param rejected folders that are not served
 * @param unloaded versions that were served until they were unloaded
 */
public record RepositoryIndex(
        boolean loaded,
        SortedMap<String, NavigableMap<Integer, SurrogateVersion>> served,
        List<RejectedVersion> rejected,
        List<RejectedVersion> unloaded) {

    static final RepositoryIndex NOT_LOADED =
            new RepositoryIndex(false, Collections.emptySortedMap(), List.of(), List.of());

    /** The newest version of a surrogate. */
    public Optional<SurrogateVersion> latest(String surrogate) {
        return Optional.ofNullable(served.get(surrogate))
                .map(versions -> versions.lastEntry().getValue());
    }

    /** One version of a surrogate. */
    public Optional<SurrogateVersion> version(String surrogate, int version) {
        return Optional.ofNullable(served.get(surrogate)).map(versions -> versions.get(version));
    }

    /** All versions, by name and number. */
    public Stream<SurrogateVersion> versions() {
        return served.values().stream().flatMap(versions -> versions.values().stream());
    }

    /** Whether there is something to serve, and no surrogate on disk is left without a version. */
    public boolean complete() {
        return !served.isEmpty() && rejected.stream().allMatch(version -> served.containsKey(version.surrogate()));
    }

    static final class Builder {
        private final SortedMap<String, NavigableMap<Integer, SurrogateVersion>> served = new TreeMap<>();
        private final List<RejectedVersion> rejected = new ArrayList<>();
        private final List<RejectedVersion> unloaded = new ArrayList<>();

        /** All that is known but for one surrogate. */
        static Builder without(String surrogate, RepositoryIndex index) {
            Builder builder = new Builder();
            index.versions()
                    .filter(version -> !version.manifest().name().equals(surrogate))
                    .forEach(builder::add);
            index.rejected().stream()
                    .filter(version -> !version.surrogate().equals(surrogate))
                    .forEach(builder::reject);
            index.unloaded().stream()
                    .filter(version -> !version.surrogate().equals(surrogate))
                    .forEach(builder::unload);
            return builder;
        }

        void add(SurrogateVersion version) {
            served.computeIfAbsent(version.manifest().name(), name -> new TreeMap<>())
                    .put(version.manifest().version(), version);
        }

        void reject(RejectedVersion version) {
            rejected.add(version);
        }

        void unload(RejectedVersion version) {
            unloaded.add(version);
        }

        RepositoryIndex build() {
            return new RepositoryIndex(
                    true, Collections.unmodifiableSortedMap(served), List.copyOf(rejected), List.copyOf(unloaded));
        }
    }
}
