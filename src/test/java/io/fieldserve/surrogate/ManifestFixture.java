package io.fieldserve.surrogate;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A valid manifest out of {@code src/test/resources/manifests}, to be changed key by key. Keys are given as JSON pointers
 * such as {@code /ensemble/files/0/path}.
 */
public final class ManifestFixture {
    private static final ObjectMapper MAPPER = ManifestJson.configure(new ObjectMapper());
    private static final String ANY_DIGEST = "0".repeat(64);

    private final ObjectNode json;

    private ManifestFixture(ObjectNode json) {
        this.json = json;
    }

    /** Permeability in, pressure out, on a grid of two axes, calibrated on [2, 3]. Has every key there is. */
    public static ManifestFixture affine() {
        return read("affine");
    }

    /** Forcing of two channels on one axis and a viscosity without axes in, velocity and energy out. */
    public static ManifestFixture pair() {
        return read("pair");
    }

    private static ManifestFixture read(String name) {
        try (InputStream file = ManifestFixture.class.getResourceAsStream("/manifests/" + name + ".json")) {
            return new ManifestFixture((ObjectNode) MAPPER.readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets a key, or an entry of a list, that is there already or not. */
    public ManifestFixture with(String key, Object value) {
        JsonPointer pointer = JsonPointer.compile(key);
        JsonNode parent = json.at(pointer.head());
        JsonNode node = MAPPER.valueToTree(value);
        if (parent instanceof ArrayNode list) {
            list.set(pointer.last().getMatchingIndex(), node);
        } else {
            ((ObjectNode) parent).set(pointer.last().getMatchingProperty(), node);
        }
        return this;
    }

    public ManifestFixture without(String key) {
        JsonPointer pointer = JsonPointer.compile(key);
        ((ObjectNode) json.at(pointer.head())).remove(pointer.last().getMatchingProperty());
        return this;
    }

    /** One graph that computes the moments of as many members as before. */
    public ManifestFixture inOneGraph(String file) {
        return with("/ensemble/layout", "moments")
                .with("/ensemble/files", List.of(Map.of("path", file, "sha256", ANY_DIGEST)));
    }

    /** One graph a member. */
    public ManifestFixture inGraphs(String... files) {
        List<Map<String, String>> digests = List.of(files).stream()
                .map(file -> Map.of("path", file, "sha256", ANY_DIGEST))
                .toList();
        return with("/ensemble/layout", "separate")
                .with("/ensemble/members", files.length)
                .with("/ensemble/files", digests);
    }

    public JsonNode tree() {
        return json;
    }

    /** The manifest, whether or not it keeps the rules. */
    public Manifest manifest() {
        try {
            return MAPPER.treeToValue(json, Manifest.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes {@code surrogate.json} into the folder. */
    public void writeTo(Path folder) throws IOException {
        Files.writeString(folder.resolve(ManifestReader.FILE_NAME), json.toPrettyString());
    }
}
