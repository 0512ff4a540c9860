package io.fieldserve.repository;

import io.fieldserve.surrogate.EnsembleOpener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The versions under one folder, {@code <root>/<surrogate>/<version>/}. A version is visible only once it is whole and
 * has passed its test; one that fails stays out, with the reason in the index, and the others are served. What is served
 * changes at once for everyone, and a version that is replaced or unloaded is closed when its last lease has ended.
 *
 * <p>Safe for use from several threads. Until {@link #load()} has returned, {@link #index} is empty.
 */
public final class SurrogateRepository implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SurrogateRepository.class.getName());

    private final Path root;
    private final VersionLoader loader;
    private final RepositoryListener listener;
    /** Held while something is loaded or unloaded. */
    private final ReentrantLock changing = new ReentrantLock();

    private volatile RepositoryIndex index = RepositoryIndex.NOT_LOADED;

    public SurrogateRepository(Path root, EnsembleOpener opener, Acceptance acceptance) {
        this(root, opener, acceptance, RepositoryListener.NONE);
    }

    public SurrogateRepository(Path root, EnsembleOpener opener, Acceptance acceptance, RepositoryListener listener) {
        this.root = root;
        this.loader = new VersionLoader(opener, acceptance);
        this.listener = listener;
    }

    /** What is served at this moment. */
    public RepositoryIndex index() {
        return index;
    }

    /**
     * Loads everything under the root. Called once.
     *
     * @throws UncheckedIOException the root can't be listed
     */
    public void load() {
        changing.lock();
        try {
            RepositoryIndex.Builder found = new RepositoryIndex.Builder();
            for (Path surrogate : surrogates()) {
                loadVersions(surrogate, found);
            }
            change(found.build());
        } finally {
            changing.unlock();
        }
    }

    /**
     * Loads what there is now of one surrogate. A version whose manifest is the same as before stays as it is; one that can't
     * be served leaves the one before in its place; one that is no longer there is unloaded.
     *
     * @return whether there is a folder of that name
     * @throws UncheckedIOException the root can't be listed
     */
    public boolean load(String surrogate) {
        changing.lock();
        try {
            Optional<Path> folder = surrogates().stream()
                    .filter(found -> found.getFileName().toString().equals(surrogate))
                    .findFirst();
            if (folder.isEmpty()) {
                return false;
            }
            RepositoryIndex.Builder found = RepositoryIndex.Builder.without(surrogate, index);
            loadVersions(folder.get(), found);
            change(found.build());
            return true;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Stops serving a surrogate, until it is loaded again.
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

    private List<Path> surrogates() {
        try {
            return folders(root);
        } catch (IOException e) {
            throw new UncheckedIOException("the repository %s can't be listed".formatted(root), e);
        }
    }

    private void loadVersions(Path surrogate, RepositoryIndex.Builder found) {
        try {
            for (Path version : folders(surrogate)) {
                loadVersion(version, found);
            }
        } catch (IOException e) {
            // Such as the lost+found of a volume: not ours, and no reason to stop.
            LOG.log(Level.WARNING, "%s can't be listed".formatted(surrogate), e);
        }
    }

    private void loadVersion(Path folder, RepositoryIndex.Builder found) {
        Optional<SurrogateVersion> before = index.versions()
                .filter(version -> version.folder().equals(folder))
                .findFirst();
        try {
            if (before.isPresent() && loader.isUnchanged(before.get())) {
                found.add(before.get());
                return;
            }
            found.add(loader.load(folder));
            LOG.log(Level.INFO, "{0} is served", root.relativize(folder));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "%s is not served".formatted(root.relativize(folder)), e);
            before.ifPresent(found::add);
            found.reject(new RejectedVersion(
                    folder.getParent().getFileName().toString(),
                    folder.getFileName().toString(),
                    RejectionReason.of(e, folder)));
        }
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory)
                    .filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** Closes every ensemble, as far as it is not leased; the others when their leases end. */
    @Override
    public void close() {
        changing.lock();
        try {
            change(RepositoryIndex.NOT_LOADED);
        } finally {
            changing.unlock();
        }
    }
}
