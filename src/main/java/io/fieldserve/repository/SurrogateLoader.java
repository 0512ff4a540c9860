package io.fieldserve.repository;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Loads those versions of a surrogate that are wanted. One that fails leaves in its place what was served under its number.
 */
final class SurrogateLoader {

    private static final System.Logger LOG = System.getLogger(SurrogateLoader.class.getName());

    private final VersionLoader loader;
    private final VersionPolicies policies;
    private volatile boolean stopped;

    SurrogateLoader(VersionLoader loader, VersionPolicies policies) {
        this.loader = loader;
        this.policies = policies;
    }

    /**
     * What was found of a surrogate when it was last loaded.
     *
     * @param rejected those that failed, with what was wrong with them
     */
    record Outcome(List<VersionFolder> folders, Map<VersionFolder, RejectedVersion> rejected) {

        static final Outcome NOTHING = new Outcome(List.of(), Map.of());

        Outcome {
            folders = List.copyOf(folders);
            rejected = Map.copyOf(rejected);
        }
    }

    /**
     * Loads what has changed.
     *
     * @param folders all of the surrogate's, by number
     * @param before what needs no other attempt as long as its files are the same
     * @param index what is served
     * @param found gets what is to be served, and what is not and why
     */
    Outcome load(
            String surrogate,
            List<VersionFolder> folders,
            Outcome before,
            RepositoryIndex index,
            RepositoryIndex.Builder found) {
        Attempts attempts = new Attempts(before, index, found);
        List<VersionFolder> first = withoutConflicts(folders, attempts);
        switch (policies.of(surrogate)) {
            case VersionPolicy.All _ -> first.forEach(attempts::serve);
            case VersionPolicy.Fixed(Set<Integer> numbers) -> serveFixed(surrogate, numbers, first, attempts);
            case VersionPolicy.Latest(int count) -> serveLatest(count, first, attempts);
        }
        return new Outcome(folders, attempts.rejected);
    }

    /** Has no other version opened: of whoever loads at this moment, the one that is being opened is the last. */
    void stop() {
        stopped = true;
    }

    /** The first of each name; the others are rejected. */
    private static List<VersionFolder> withoutConflicts(List<VersionFolder> folders, Attempts attempts) {
        Map<String, VersionFolder> first = new HashMap<>();
        List<VersionFolder> kept = new ArrayList<>();
        for (VersionFolder folder : folders) {
            VersionFolder other = first.putIfAbsent(folder.version(), folder);
            if (other == null) {
                kept.add(folder);
            } else {
                attempts.rejectConflict(folder, other);
            }
        }
        return kept;
    }

    private static void serveFixed(
            String surrogate, Set<Integer> numbers, List<VersionFolder> folders, Attempts attempts) {
        Set<Integer> missing = new HashSet<>(numbers);
        for (VersionFolder folder : folders) {
            if (folder.number().isPresent() && missing.remove(folder.number().getAsInt())) {
                attempts.serve(folder);
            }
        }
        missing.stream()
                .sorted()
                .map(number -> new RejectedVersion(surrogate, number.toString(), "is configured, but there is none"))
                .forEach(attempts.found::reject);
    }

    private static void serveLatest(int count, List<VersionFolder> folders, Attempts attempts) {
        int served = 0;
        for (VersionFolder folder : folders.reversed()) {
            if (served < count && attempts.serve(folder)) {
                served++;
            }
        }
    }

    /** What comes of each version. */
    private final class Attempts {
        private final Outcome before;
        private final RepositoryIndex index;
        private final RepositoryIndex.Builder found;
        private final Map<VersionFolder, RejectedVersion> rejected = new HashMap<>();

        Attempts(Outcome before, RepositoryIndex index, RepositoryIndex.Builder found) {
            this.before = before;
            this.index = index;
            this.found = found;
        }

        /** Whether it is served, as it is now or as it was. */
        boolean serve(VersionFolder folder) {
            Optional<SurrogateVersion> current = folder.number().stream()
                    .boxed()
                    .flatMap(number -> index.version(folder.surrogate(), number).stream())
                    .findFirst();
            Optional<SurrogateVersion> served = hasSettled(folder, current) ? current : load(folder, current);
            served.ifPresent(found::add);
            return served.isPresent();
        }

        /** Whether nothing else can come of this folder than what came of it before. */
        private boolean hasSettled(VersionFolder folder, Optional<SurrogateVersion> current) {
            RejectedVersion known = before.rejected().get(folder);
            if (known != null) {
                rejected.put(folder, known);
                found.reject(known);
            }
            return known != null || (isFrom(folder, current) && before.folders().contains(folder));
        }

        private static boolean isFrom(VersionFolder folder, Optional<SurrogateVersion> version) {
            return version.map(SurrogateVersion::folder)
                    .filter(folder.folder()::equals)
                    .isPresent();
        }

        private Optional<SurrogateVersion> load(VersionFolder folder, Optional<SurrogateVersion> current) {
            if (stopped) {
                return current;
            }
            try {
                if (isFrom(folder, current) && loader.isUnchanged(current.get())) {
                    return current;
                }
                SurrogateVersion version = loader.load(folder.folder());
                LOG.log(Level.INFO, "{0} is served", folder);
                return Optional.of(version);
            } catch (IOException | RuntimeException e) {
                LOG.log(
                        Level.ERROR,
                        "%s is not served%s".formatted(folder, current.isPresent() ? ", what was before it is" : ""),
                        e);
                reject(folder, RejectionReason.of(e, folder.folder()));
                return current;
            }
        }

        private void reject(VersionFolder folder, String reason) {
            rejected.put(folder, folder.rejected(reason));
            found.reject(folder.rejected(reason));
        }

        /** Not for good: the first may go. */
        void rejectConflict(VersionFolder folder, VersionFolder first) {
            String winner = first.root().name();
            if (!before.folders().contains(folder)) {
                LOG.log(Level.WARNING, "{0} is passed over for that in {1}", folder, winner);
            }
            found.reject(folder.rejected("%s has this version too, and comes before %s"
                    .formatted(winner, folder.root().name())));
        }
    }
}
