package io.fieldserve.repository;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Versions that are nothing but a graph of {@code src/test/resources/plain} (make_plain_models.py says what each computes). */
public final class PlainFolder {

    private PlainFolder() {}

    /** Writes {@code <root>/<name>/<version>/model.onnx}, and weights that lie beside it; returns the version's folder. */
    public static Path write(Path root, String name, String version, String graph) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name).resolve(version));
        Files.copy(graphs().resolve(graph + ".onnx"), folder.resolve("model.onnx"));
        Path weights = graphs().resolve(graph + ".bin");
        if (Files.exists(weights)) {
            Files.copy(weights, folder.resolve(weights.getFileName()));
        }
        return folder;
    }

    private static Path graphs() {
        try {
            return Path.of(PlainFolder.class.getResource("/plain").toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
