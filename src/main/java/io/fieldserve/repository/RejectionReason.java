package io.fieldserve.repository;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/** Why a version is not served, fit for callers: where things lie on the server is for its log alone. */
final class RejectionReason {

    private RejectionReason() {}

    /** What an exception says, in which files are named as they are called within the version's folder. */
    static String of(Exception exception, Path folder) {
        if (exception instanceof FileSystemException file && file.getFile() != null) {
            return "%s can't be read (%s)"
                    .formatted(
                            Path.of(file.getFile()).getFileName(),
                            file.getClass().getSimpleName());
        }
        String reason = Optional.ofNullable(exception.getMessage())
                .orElse(exception.getClass().getSimpleName());
        for (Path place : new Path[] {folder, folder.toAbsolutePath().normalize()}) {
            reason = reason.replace(place + "/", "").replace(place.toString(), "the folder");
        }
        return reason;
    }
}
