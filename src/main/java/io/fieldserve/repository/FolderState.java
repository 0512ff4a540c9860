package io.fieldserve.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The names, sizes and times of a folder's files: differs where something was written, without anything being read. Files that
 * are hidden, or lie in a hidden folder, don't count, such as the unfinished ones of rsync.
 */
record FolderState(Map<String, FileState> files) {

    record FileState(long size, FileTime modified) {}

    /** What the folder is like now, or no files at all where it can't be read. */
    static FolderState of(Path folder) {
        Map<String, FileState> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                Path name = folder.relativize(file);
                if (!isHidden(name)) {
                    files.put(name.toString(), new FileState(Files.size(file), Files.getLastModifiedTime(file)));
                }
            }
            return new FolderState(files);
        } catch (IOException | UncheckedIOException e) {
            return new FolderState(Map.of());
        }
    }

    private static boolean isHidden(Path name) {
        for (Path step : name) {
            if (step.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }
}
