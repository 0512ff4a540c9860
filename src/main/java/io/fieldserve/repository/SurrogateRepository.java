package io.fieldserve.repository;

import io.fieldserve.surrogate.EnsembleOpener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The versions under one folder, {@code <root>/<surrogate>/<version>/}. A version is visible only once it is whole and
 * has passed its test; one that fails stays out, with the reason in the index, and the others are served.
 *
 * <p>Safe for use from several threads. Until {@link #load} has returned, {@link #index} is empty.
 */
public final class SurrogateRepository implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SurrogateRepository.class.getName());

    private final Path root;
    private final VersionLoader loader;
    private volatile RepositoryIndex index = RepositoryIndex.NOT_LOADED;

    public SurrogateRepository(Path root, EnsembleOpener opener, Acceptance acceptance) {
        this.root = root;
        this.loader = new VersionLoader(opener, acceptance);
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
        RepositoryIndex.Builder found = new RepositoryIndex.Builder();
        try {
            for (Path surrogate : folders(root)) {
                loadVersions(surrogate, found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the repository %s can't be listed".formatted(root), e);
        }
        index = found.build();
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
        try {
            found.add(loader.load(folder));
            LOG.log(Level.INFO, "{0} is served", root.relativize(folder));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "%s is not served".formatted(root.relativize(folder)), e);
            found.reject(new RejectedVersion(
                    folder.getParent().getFileName().toString(),
                    folder.getFileName().toString(),
                    reason(e)));
        }
    }

    /** The message, or what stands for it where it is but the path of a file: that is for the log, not for callers. */
    private static String reason(Exception exception) {
        return exception instanceof FileSystemException file && file.getFile() != null
                ? "%s can't be read (%s)"
                        .formatted(
                                Path.of(file.getFile()).getFileName(),
                                file.getClass().getSimpleName())
                : exception.getMessage();
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory)
                    .filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** Closes every ensemble. No prediction may be running. */
    @Override
    public void close() {
        RepositoryIndex last = index;
        index = RepositoryIndex.NOT_LOADED;
        last.versions().forEach(version -> version.ensemble().close());
    }
}
