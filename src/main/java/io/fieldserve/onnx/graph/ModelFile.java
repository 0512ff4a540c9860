package io.fieldserve.onnx.graph;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a model file must be like to be opened. */
public final class ModelFile {

    private ModelFile() {}

    /** Where a model may keep its weights. */
    public enum Weights {
        /** In its own file, as nothing vouches for others. */
        INSIDE,
        /** In files of its folder as well. */
        BESIDE
    }

    /**
     * Reads a model file once, without taking memory for it.
     *
     * @throws RefusedModelException it is no model or larger than the bounds; it needs operators that ONNX Runtime doesn't
     *     bring along; or it keeps weights where it may not
     * @throws IOException it can't be read
     */
    public static void check(Path file, ModelBounds bounds, Weights weights) throws IOException {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            check(bytes, Files.size(file), file.toAbsolutePath().getParent(), bounds, weights);
        } catch (RefusedModelException e) {
            throw new RefusedModelException("%s is refused: %s".formatted(file.getFileName(), e.getMessage()), e);
        }
    }

    /** The same for a file of that size in a folder. */
    static void check(InputStream file, long size, Path folder, ModelBounds bounds, Weights weights)
            throws IOException {
        requireWithin(bounds, size, "its file has");
        ModelScan scan = ModelScan.of(file, bounds);
        long loaded = scan.unpacked();
        requireWithin(bounds, loaded, "its weights take");
        for (ExternalTensor tensor : scan.external()) {
            if (weights == Weights.INSIDE) {
                throw tensor.refused("and the manifest has no digest of that");
            }
            loaded += tensor.place(folder).length();
            requireWithin(bounds, loaded, "its weights take");
        }
    }

    private static void requireWithin(ModelBounds bounds, long bytes, String what) {
        if (bytes > bounds.bytes()) {
            throw new RefusedModelException(
                    "%s %d bytes, at most %d are allowed".formatted(what, bytes, bounds.bytes()));
        }
    }
}
