package io.fieldserve.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bill of materials that is packaged with the service, against what is packaged with it. */
class SbomIT {

    private static final Path SERVICE = Path.of("target/quarkus-app");
    private static final Path BILL = SERVICE.resolve("fieldserve.cdx.json");

    @BeforeEach
    void thereIsOne() {
        assumeTrue(Files.exists(BILL), "Maven was offline, and makes no bill of materials then");
    }

    @Test
    void isWhatItsStandardDescribes() throws Exception {
        // Given
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_7,
                builder ->
                        builder.schemaIdResolvers(ids -> ids.mapPrefix("http://cyclonedx.org/schema/", "classpath:/")));
        Schema schema = registry.getSchema(SchemaLocation.of("http://cyclonedx.org/schema/bom-1.6.schema.json"));

        // When
        var errors = schema.validate(Files.readString(BILL), InputFormat.JSON);

        // Then
        assertThat(errors).isEmpty();
    }

    @Test
    void namesEachLibraryThatIsPackagedByItsHash() throws Exception {
        // Given
        Map<String, String> bill = new HashMap<>();
        for (JsonNode component : new ObjectMapper().readTree(BILL.toFile()).get("components")) {
            bill.put(fileName(component), sha256(component));
        }
        // Resolved by Maven, and left out by the packager.
        bill.keySet().removeIf(name -> name.startsWith("io.quarkus.quarkus-ide-launcher-"));

        // When
        Map<String, String> packaged = new HashMap<>();
        for (String folder : List.of("lib/boot", "lib/main")) {
            try (Stream<Path> libraries = Files.list(SERVICE.resolve(folder))) {
                for (Path library : libraries.toList()) {
                    packaged.put(library.getFileName().toString(), sha256(library));
                }
            }
        }

        // The packager takes classes out of this one that would need a library which isn't there.
        packaged.replaceAll((name, hash) ->
                name.startsWith("io.opentelemetry.opentelemetry-exporter-otlp-") ? bill.get(name) : hash);

        // Then
        assertThat(packaged).hasSizeGreaterThan(100).isEqualTo(bill);
        assertThat(bill.keySet())
                .anyMatch(name -> name.matches("com\\.microsoft\\.onnxruntime\\.onnxruntime(_gpu)?-.*\\.jar"));
    }

    /** As the packager names it. */
    private static String fileName(JsonNode component) {
        return "%s.%s-%s.jar"
                .formatted(
                        component.at("/group").asText(),
                        component.at("/name").asText(),
                        component.at("/version").asText());
    }

    private static String sha256(JsonNode component) {
        for (JsonNode hash : component.at("/hashes")) {
            if (hash.at("/alg").asText().equals("SHA-256")) {
                return hash.at("/content").asText();
            }
        }
        return "none";
    }

    private static String sha256(Path file) throws IOException, GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
