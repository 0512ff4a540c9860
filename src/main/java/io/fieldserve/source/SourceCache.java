package io.fieldserve.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The local folder of a source. {@code current} is a link to what came last, and always to something that came whole: it is
 * pointed elsewhere at once. What it pointed to before stays until the next {@link #sweep}, for those who look into it.
 */
final class SourceCache {

    private static final String NOTHING = "nothing";

    private final Path folder;
    private final Path current;

    /** Makes the folder if there is none, and removes what an earlier process left unfinished. */
    SourceCache(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.current = folder.resolve("current");
        sweep();
        if (!Files.isDirectory(current)) {
            Files.createDirectories(folder.resolve(NOTHING));
            pointTo(NOTHING);
        }
    }

    /** Where surrogates lie; the path stays the same. */
    Path current() {
        return current;
    }

    /** What lies there, if there is something. */
    Optional<String> revision() throws IOException {
        String target = Files.readSymbolicLink(current).toString();
        return target.equals(NOTHING) ? Optional.empty() : Optional.of(target);
    }

    /**
     * Fetches an offer and puts it in place of what was there.
     *
     * @throws IOException that failed; what was there is still there
     */
    void replace(Offer offer) throws IOException, InterruptedException {
        Path incoming = Files.createTempDirectory(folder, ".incoming-");
        try {
            Path tree = Files.createDirectory(incoming.resolve("tree"));
            Path scratch = Files.createDirectory(incoming.resolve("scratch"));
            offer.transfer().fetch(new Staging(tree, scratch, current));
            Files.move(tree, folder.resolve(offer.revision()), StandardCopyOption.ATOMIC_MOVE);
            pointTo(offer.revision());
        } finally {
            delete(incoming);
        }
    }

    /** Removes all but what is current. */
    void sweep() throws IOException {
        List<Path> entries;
        try (Stream<Path> found = Files.list(folder)) {
            entries = found.toList();
        }
        Optional<Path> target = Files.isSymbolicLink(current)
                ? Optional.of(folder.resolve(Files.readSymbolicLink(current)))
                : Optional.empty();
        for (Path entry : entries) {
            if (!entry.equals(current) && !Optional.of(entry).equals(target)) {
                delete(entry);
            }
        }
    }

    private void pointTo(String target) throws IOException {
        Path link = folder.resolve(".next");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(target));
        Files.move(link, current, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException trouble) throws IOException {
                if (trouble != null) {
                    throw trouble;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
