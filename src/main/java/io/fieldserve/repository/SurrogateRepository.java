package io.fieldserve.repository;

import io.fieldserve.repository.SurrogateLoader.Outcome;
import io.fieldserve.surrogate.EnsembleOpener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The versions under some folders, {@code <root>/<surrogate>/<version>/}. A version is visible only once it is whole and
 * has passed its test; one that fails stays out, with the reason in the index, and the others are served. What is served
 * changes at once for everyone, and a version that is replaced or unloaded is closed when its last lease has ended.
 *
 * <p>Safe for use from several threads. Until {@link #load()} has returned, and after {@link #close()}, {@link #index} is
 * empty.
 */
public final class SurrogateRepository implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SurrogateRepository.class.getName());

    private final RepositoryFolders folders;
    private final Supply supply;
    private final SurrogateLoader loader;
    private final RepositoryListener listener;
    /**
     * Held from the supply's renewal to the end of what is loaded from it, so that no folder is replaced between its digests and
     * its graphs. Taken before the other; whoever unloads or closes needs only that.
     */
    private final ReentrantLock supplied = new ReentrantLock();
    /** Held while something is loaded or unloaded, and for all fields below. */
    private final ReentrantLock changing = new ReentrantLock();
    /** What came of the last load of each surrogate. */
    private final Map<String, Outcome> outcomes = new HashMap<>();
    /** What the last poll saw of a surrogate where that differed from its last load. */
    private final Map<String, List<VersionFolder>> unsettled = new HashMap<>();

    private final OncePerChange troubles = new OncePerChange(LOG);
    private boolean closed;

    private volatile RepositoryIndex index = RepositoryIndex.NOT_LOADED;

    public SurrogateRepository(Path root, EnsembleOpener opener, Acceptance acceptance) {
        this(RepositorySettings.of(List.of(Root.of(root))), opener, acceptance, RepositoryListener.NONE);
    }

    public SurrogateRepository(
            RepositorySettings settings, EnsembleOpener opener, Acceptance acceptance, RepositoryListener listener) {
        this.folders = new RepositoryFolders(settings.roots());
        this.supply = settings.supply();
        this.loader =
                new SurrogateLoader(new VersionLoader(opener, acceptance, settings.signatures()), settings.policies());
        this.listener = listener;
    }

    /** What is served at this moment. */
    public RepositoryIndex index() {
        return index;
    }

    /**
     * Loads everything. Called once.
     *
     * @throws UncheckedIOException a root can't be listed
     */
    public void load() {
        renewed(true, () -> {
            loadAll();
            return true;
        });
    }

    /** Renews the supply, and does with it what must see one state of it. */
    private boolean renewed(boolean insistent, BooleanSupplier action) {
        supplied.lock();
        try {
            supply.renew(insistent);
            changing.lock();
            try {
                return !closed && action.getAsBoolean();
            } finally {
                changing.unlock();
            }
        } finally {
            supplied.unlock();
        }
    }

    private void loadAll() {
        RepositoryIndex.Builder found = new RepositoryIndex.Builder();
        try {
            for (String surrogate : folders.surrogates()) {
                try {
                    load(surrogate, folders.versions(surrogate), Outcome.NOTHING, found);
                } catch (IOException e) {
                    // Such as the lost+found of a volume: not ours, and no reason to stop.
                    troubles.report(surrogate, e);
                }
            }
            change(found.build());
        } catch (IOException e) {
            throw new UncheckedIOException("the repository can't be listed: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            retire(found);
            throw e;
        }
    }

    /**
     * Loads what there is now of one surrogate. A version whose manifest is the same as before stays as it is; one that can't
     * be served leaves the one before in its place; one that is no longer there is unloaded.
     *
     * @return whether there is a folder of that name
     * @throws UncheckedIOException its folders can't be listed; what is served stays
     */
    public boolean load(String surrogate) {
        return renewed(true, () -> loadOne(surrogate));
    }

    private boolean loadOne(String surrogate) {
        try {
            if (!folders.surrogates().contains(surrogate)) {
                return false;
            }
            reload(surrogate, folders.versions(surrogate), Outcome.NOTHING);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("%s can't be listed".formatted(surrogate), e);
        }
    }

    /**
     * Loads every surrogate whose files changed since it was last loaded, and have not changed any more since the poll before:
     * what is still being written waits. One that was unloaded stays so until its files change. As long as a folder can't be
     * listed, or holds nothing though it did, nothing changes.
     */
    public void poll() {
        renewed(false, () -> {
            pollAll();
            return true;
        });
    }

    private void pollAll() {
        try {
            requireNoneEmptied();
            SortedSet<String> names = new TreeSet<>(folders.surrogates());
            names.addAll(outcomes.keySet());
            troubles.over("the repository");
            names.forEach(this::poll);
        } catch (IOException e) {
            troubles.report("the repository", e);
        }
    }

    private void requireNoneEmptied() throws IOException {
        List<VersionFolder> known = outcomes.values().stream()
                .flatMap(outcome -> outcome.folders().stream())
                .toList();
        List<Root> emptied = folders.emptied(known);
        if (!emptied.isEmpty()) {
            throw new IOException("there is nothing left in %s, as if it were not mounted; what it held is still served"
                    .formatted(emptied.getFirst().name()));
        }
    }

    private void poll(String surrogate) {
        try {
            List<VersionFolder> now = folders.versions(surrogate);
            troubles.over(surrogate);
            Outcome before = outcomes.getOrDefault(surrogate, Outcome.NOTHING);
            if (now.equals(before.folders())) {
                unsettled.remove(surrogate);
            } else if (now.equals(unsettled.put(surrogate, now))) {
                reload(surrogate, now, before);
            }
        } catch (IOException e) {
            troubles.report(surrogate, e);
        }
    }

    private void reload(String surrogate, List<VersionFolder> versions, Outcome before) {
        RepositoryIndex.Builder found = RepositoryIndex.Builder.without(surrogate, index);
        try {
            load(surrogate, versions, before, found);
            change(found.build());
        } catch (RuntimeException | Error e) {
            retire(found);
            throw e;
        }
    }

    /** Gives up what was opened and does not come to be served. */
    private void retire(RepositoryIndex.Builder given) {
        List<SurrogateVersion> served = index.versions().toList();
        given.build().versions().filter(version -> !served.contains(version)).forEach(SurrogateVersion::retire);
    }

    private void load(String surrogate, List<VersionFolder> versions, Outcome before, RepositoryIndex.Builder found) {
        unsettled.remove(surrogate);
        Outcome outcome = loader.load(surrogate, versions, before, index, found);
        if (versions.isEmpty()) {
            outcomes.remove(surrogate);
        } else {
            outcomes.put(surrogate, outcome);
        }
    }

    /**
     * Stops serving a surrogate, until it is loaded again or a poll finds its files changed.
     *
     * @return whether it was served
     */
    public boolean unload(String surrogate) {
        changing.lock();
        try {
            NavigableMap<Integer, SurrogateVersion> versions = index.served().get(surrogate);
            if (versions == null) {
                return false;
            }
            RepositoryIndex.Builder rest = RepositoryIndex.Builder.without(surrogate, index);
            versions.keySet()
                    .forEach(version ->
                            rest.unload(new RejectedVersion(surrogate, Integer.toString(version), "unloaded")));
            change(rest.build());
            LOG.log(Level.INFO, "{0} is unloaded", surrogate);
            return true;
        } finally {
            changing.unlock();
        }
    }

    /** Makes this the index, and retires what is in it no more. */
    private void change(RepositoryIndex next) {
        List<SurrogateVersion> before = index.versions().toList();
        listener.changing(next);
        index = next;
        List<SurrogateVersion> after = next.versions().toList();
        before.stream().filter(version -> !after.contains(version)).forEach(SurrogateVersion::retire);
    }

    /** Closes every ensemble, as far as it is not leased; the others when their leases end. Nothing is loaded any more. */
    @Override
    public void close() {
        loader.stop();
        changing.lock();
        try {
            closed = true;
            change(RepositoryIndex.NOT_LOADED);
        } finally {
            changing.unlock();
        }
    }
}
