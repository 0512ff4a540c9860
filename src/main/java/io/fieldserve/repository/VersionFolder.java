package io.fieldserve.repository;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A folder that may hold a version.
 *
 * @param root that it was found under
 * @param state of its files when it was found
 */
record VersionFolder(Root root, Path folder, FolderState state) {

    String surrogate() {
        return folder.getParent().getFileName().toString();
    }

    String version() {
        return folder.getFileName().toString();
    }

    /** The number that it is named by, if that is one. */
    OptionalInt number() {
        return version().matches("[1-9][0-9]{0,8}") ? OptionalInt.of(Integer.parseInt(version())) : OptionalInt.empty();
    }

    RejectedVersion rejected(String reason) {
        return new RejectedVersion(surrogate(), version(), reason);
    }

    /** For the log. */
    @Override
    public String toString() {
        return "%s/%s in %s".formatted(surrogate(), version(), root.name());
    }
}
