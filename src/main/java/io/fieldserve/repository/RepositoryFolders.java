package io.fieldserve.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What lies under the roots of a repository. A folder that can't be looked at is an error and never taken for one that is
 * gone.
 */
final class RepositoryFolders {

    private final List<Root> roots;

    RepositoryFolders(List<Root> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * The names of all surrogates.
     *
     * @throws IOException a root can't be listed
     */
    SortedSet<String> surrogates() throws IOException {
        SortedSet<String> names = new TreeSet<>();
        for (Root root : roots) {
            folders(root.folder())
                    .forEach(folder -> names.add(folder.getFileName().toString()));
        }
        return names;
    }

    /**
     * The versions of a surrogate, by number, and in the order of the roots where they share one.
     *
     * @throws IOException its folders can't be listed
     */
    List<VersionFolder> versions(String surrogate) throws IOException {
        List<VersionFolder> versions = new ArrayList<>();
        for (Root root : roots) {
            for (Path folder : folders(root.folder())) {
                if (folder.getFileName().toString().equals(surrogate)) {
                    folders(folder).forEach(version -> versions.add(found(root, version)));
                }
            }
        }
        versions.sort(Comparator.comparingInt(version -> version.number().orElse(0)));
        return versions;
    }

    /**
     * Roots that hold nothing at all, though these were under them: more likely volumes that are not mounted.
     *
     * @throws IOException a root can't be listed
     */
    List<Root> emptied(List<VersionFolder> before) throws IOException {
        List<Root> emptied = new ArrayList<>();
        for (Root root : roots) {
            boolean heldSome =
                    before.stream().anyMatch(version -> version.root().equals(root));
            if (heldSome && folders(root.folder()).isEmpty()) {
                emptied.add(root);
            }
        }
        return emptied;
    }

    private static VersionFolder found(Root root, Path version) {
        return new VersionFolder(root, version, FolderState.of(version));
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(RepositoryFolders::isFolder)
                    .filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isFolder(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            // Listing it will say why.
            return true;
        }
    }
}
