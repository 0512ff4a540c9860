package io.fieldserve.surrogate;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads {@code surrogate.json} and holds it to {@link ManifestRules}. */
public final class ManifestReader {

    /** Name of the manifest in a version's folder. */
    public static final String FILE_NAME = "surrogate.json";

    private static final int MOST_BYTES = 4_000_000;

    private final ObjectReader reader = ManifestJson.configure(JsonMapper.builder()
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    // What only plain models lack may not be null in a file.
                    .withConfigOverride(
                            Optional.class, type -> type.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL)))
                    .build())
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .readerFor(Manifest.class);

    /**
     * Reads the manifest of the version in {@code folder}.
     *
     * <p>Every key must be there, so that nothing is left out by oversight; {@code examples} may be null.
     *
     * @throws InvalidManifestException it is too large, isn't valid JSON, lacks something or contradicts itself
     * @throws IOException it can't be read
     */
    public Manifest read(Path folder) throws IOException {
        return read(bytes(folder));
    }

    /**
     * The very bytes of the manifest of the version in {@code folder}.
     *
     * @throws InvalidManifestException there are more than any manifest needs
     * @throws IOException it can't be read
     */
    public static byte[] bytes(Path folder) throws IOException {
        try (InputStream file = Files.newInputStream(folder.resolve(FILE_NAME))) {
            byte[] json = file.readNBytes(MOST_BYTES + 1);
            if (json.length > MOST_BYTES) {
                throw new InvalidManifestException(
                        "%s has more than the %d bytes that are allowed".formatted(FILE_NAME, MOST_BYTES));
            }
            return json;
        }
    }

    /**
     * Reads a manifest from its bytes.
     *
     * @throws InvalidManifestException as above
     */
    public Manifest read(byte[] json) {
        try {
            Manifest manifest = reader.readValue(json);
            if (manifest == null) {
                throw new InvalidManifestException("the manifest is null");
            }
            ManifestRules.check(manifest);
            return manifest;
        } catch (JsonMappingException e) {
            throw new InvalidManifestException("%s: %s".formatted(where(e), e.getOriginalMessage()), e);
        } catch (JsonProcessingException e) {
            throw new InvalidManifestException("not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            // Such as bytes that are no characters.
            throw new InvalidManifestException("not valid JSON: " + e.getMessage(), e);
        }
    }

    /** The keys and indices that lead to the offender, such as {@code grid.minimum[1]}. */
    private static String where(JsonMappingException exception) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : exception.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "the manifest" : path.toString();
    }
}
