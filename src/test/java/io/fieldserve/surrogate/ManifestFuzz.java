package io.fieldserve.surrogate;

import static io.fieldserve.fuzz.FuzzTarget.require;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldserve.fuzz.FuzzSeeds;
import io.fieldserve.fuzz.FuzzTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Manifests; one that is accepted keeps its promises, is written as JSON and read the same again. */
public final class ManifestFuzz implements FuzzTarget {

    private final ManifestReader reader = new ManifestReader();
    private final ObjectMapper writer = ManifestJson.configure(new ObjectMapper());

    @Override
    public void run(byte[] input) throws Exception {
        Manifest manifest;
        try {
            manifest = reader.read(input);
        } catch (InvalidManifestException e) {
            require(!e.getMessage().isEmpty(), "says why");
            return;
        }
        Stream.concat(manifest.inputs().stream(), manifest.outputs().stream()).forEach(field -> {
            require(manifest.shape(field).size() == Field.LEADING_AXES + field.dimensions(), "every field has a shape");
            for (int axis = 0; axis < field.dimensions(); axis++) {
                require(
                        1 <= manifest.shortest(field, axis)
                                && manifest.shortest(field, axis) <= manifest.longest(field, axis),
                        "has lengths for every axis");
            }
            require(!manifest.arrayName(field, "mean").isEmpty(), "every array has a name");
        });
        manifest.files().forEach(file -> {
            require(!file.path().contains("/") && !file.path().startsWith("."), "no file lies elsewhere");
            require(file.sha256().isPresent(), "every file has a digest");
        });
        ObjectNode written = writer.valueToTree(manifest);
        // Callers are told of what there is; a file has every key.
        if (manifest.examples().isEmpty()) {
            written.putNull("examples");
        }
        if (manifest.testErrors().isEmpty()) {
            written.putArray("test_errors");
        }
        require(manifest.equals(reader.read(writer.writeValueAsBytes(written))), "read again the same");
    }

    @Override
    public Stream<byte[]> seeds() {
        return FuzzSeeds.files("manifests", ".json").flatMap(file -> Stream.of(file, compact(file)));
    }

    /** Without the space, which mutations would waste themselves on. */
    private byte[] compact(byte[] json) {
        try {
            return writer.writeValueAsString(writer.readTree(json)).getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> words() {
        return List.of(
                "null",
                "true",
                "[]",
                "{}",
                "\"\"",
                "-1",
                "0",
                "1e999",
                "NaN",
                "2147483648",
                "0.9",
                "\"moments\"",
                "\"separate\"",
                "\"float32\"",
                "\"pointwise\"",
                "\"axes\":[]",
                "\"grid\":",
                "\"levels\":",
                "\"../a\"");
    }
}
