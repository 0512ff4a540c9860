package io.fieldserve.repository;

import static io.fieldserve.surrogate.FieldArrays.UNPOOLED;
import static io.fieldserve.surrogate.FieldArrays.tensor;

import io.fieldserve.codec.NpzEncoder;
import io.fieldserve.codec.Pieces;
import io.fieldserve.onnx.Graphs;
import io.fieldserve.surrogate.FileDigest;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A version's folder in the making: whole and true to its manifest, except for what a test changes. */
public final class TinyVersion {
    private final ManifestFixture manifest;
    private final Map<String, Tensor> golden = new LinkedHashMap<>();
    private final Map<String, Tensor> examples = new LinkedHashMap<>();
    private final Map<String, byte[]> changed = new LinkedHashMap<>();

    private TinyVersion(ManifestFixture manifest) {
        this.manifest = manifest;
    }

    /** {@link ManifestFixture#affine}: mean 2 a + 1, std |a - 0.5|, and three examples whose permeability is 1, 2, 3. */
    public static TinyVersion affine() {
        Shape three = Shape.of(3, 1, 2, 2);
        return new TinyVersion(ManifestFixture.affine())
                .golden("permeability", Shape.of(1, 1, 2, 3), 0, 0.5f, 1, 2, 3, 4)
                .golden("mean", Shape.of(1, 1, 2, 3), 1, 2, 3, 5, 7, 9)
                .golden("std", Shape.of(1, 1, 2, 3), 0.5f, 0, 0.5f, 1.5f, 2.5f, 3.5f)
                .example("permeability", three, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3)
                .example("reference.pressure", three, 3, 3, 3, 3, 5, 5, 5, 5, 7, 7, 7, 7);
    }

    /** {@link ManifestFixture#pair}, without examples. */
    public static TinyVersion pair() {
        return new TinyVersion(ManifestFixture.pair())
                .golden("forcing", Shape.of(1, 2, 2), 1, 2, 3, 4)
                .golden("viscosity", Shape.of(1, 1), 0.5f)
                .golden("velocity.mean", Shape.of(1, 2, 2), 1, 2, 3, 4)
                .golden("velocity.std", Shape.of(1, 2, 2), 0.5f, 1, 1.5f, 2)
                .golden("energy.mean", Shape.of(1, 1), 60)
                .golden("energy.std", Shape.of(1, 1), 30);
    }

    /** Changes a key of the manifest. */
    public TinyVersion with(String key, Object value) {
        manifest.with(key, value);
        return this;
    }

    /** Arranges the members in separate graphs. */
    public TinyVersion inGraphs(String... files) {
        manifest.inGraphs(files);
        return this;
    }

    /** Arranges the members in one graph, which computes the moments. */
    public TinyVersion inOneGraph(String file) {
        manifest.inOneGraph(file);
        return this;
    }

    /** Has other bytes in the place of a graph. */
    public TinyVersion graph(String file, byte[] model) {
        changed.put(file, model);
        return this;
    }

    /** Sets an array of the golden case. */
    public TinyVersion golden(String array, Shape shape, float... values) {
        golden.put(array, tensor(UNPOOLED, shape, values));
        return this;
    }

    /** Leaves an array out of the golden case. */
    public TinyVersion withoutGolden(String array) {
        golden.remove(array);
        return this;
    }

    private TinyVersion example(String array, Shape shape, float... values) {
        examples.put(array, tensor(UNPOOLED, shape, values));
        return this;
    }

    /** Writes {@code <root>/<name>/<version>} as the manifest has them, with the true digest of every file. */
    public Path writeTo(Path root) throws IOException {
        Path folder = root.resolve(manifest.tree().at("/name").asText())
                .resolve(manifest.tree().at("/version").asText());
        Files.createDirectories(folder);
        List<FileDigest> graphs = manifest.manifest().ensemble().files();
        for (int i = 0; i < graphs.size(); i++) {
            Path graph = folder.resolve(graphs.get(i).path());
            byte[] shipped =
                    Files.readAllBytes(Graphs.FOLDER.resolve(graphs.get(i).path()));
            Files.write(graph, changed.getOrDefault(graphs.get(i).path(), shipped), StandardOpenOption.CREATE_NEW);
            manifest.with("/ensemble/files/" + i + "/sha256", sha256(graph));
        }
        writeArchive(folder.resolve("golden.npz"), golden);
        manifest.with("/golden/sha256", sha256(folder.resolve("golden.npz")));
        if (manifest.manifest().examples().isPresent()) {
            writeArchive(folder.resolve("examples.npz"), examples);
            manifest.with("/examples/sha256", sha256(folder.resolve("examples.npz")));
        }
        manifest.writeTo(folder);
        return folder;
    }

    private static void writeArchive(Path file, Map<String, Tensor> arrays) throws IOException {
        NpzEncoder archive = new NpzEncoder();
        arrays.forEach((name, tensor) -> archive.add(name, tensor, tensor.shape()));
        Files.write(file, Pieces.bytes(archive.finish()));
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
