package io.fieldserve.repository;

import java.nio.file.Path;

/**
 * A folder of {@code <surrogate>/<version>/} folders.
 *
 * @param name what it is called in messages, to callers too
 */
public record Root(String name, Path folder) {

    /** A folder that is called by its own name. */
    public static Root of(Path folder) {
        return new Root(folder.toAbsolutePath().normalize().getFileName().toString(), folder);
    }
}
