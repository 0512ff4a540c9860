package io.fieldserve.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema that is published, and the manifests that ship. */
class ManifestSchemaTest {
    private static final Path SHIPPED = Path.of("models", "repository");

    private final Schema schema = published();

    @Test
    void acceptsAManifestThatTheReaderAccepts() {
        // When
        List<Error> errors = validate(ManifestFixture.affine());

        // Then
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("broken")
    void refusesABrokenManifest(String key, Object value) {
        // Given
        ManifestFixture fixture = ManifestFixture.affine().with(key, value);

        // When
        List<Error> errors = validate(fixture);

        // Then
        assertThat(errors)
                .extracting(error -> error.getInstanceLocation().toString())
                .contains(key);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                arguments("/schema_version", 2),
                arguments("/name", "Darcy FNO"),
                arguments("/version", 0),
                arguments("/version", 1.5),
                arguments("/inputs", List.of()),
                arguments("/inputs/0/dtype", "float64"),
                arguments("/inputs/0/finite", "yes"),
                arguments("/ensemble/layout", "stacked"),
                arguments("/ensemble/files/0/path", "../member.onnx"),
                arguments("/golden/sha256", "abc"),
                arguments("/calibration/fields/0/grids/0/levels/0/level", 1));
    }

    @ParameterizedTest
    @MethodSource("io.fieldserve.surrogate.ManifestReaderTest#objects")
    void refusesAKeyItDoesNotKnow(String object) {
        // Given
        ManifestFixture fixture = ManifestFixture.affine().with(object + "/licens", "Apache-2.0");

        // When
        List<Error> errors = validate(fixture);

        // Then
        assertThat(errors).extracting(Error::getMessage).anyMatch(message -> message.contains("'licens'"));
    }

    @TestFactory
    Stream<DynamicTest> acceptsWhatShips() throws IOException {
        return shippedVersions().stream()
                .map(folder ->
                        DynamicTest.dynamicTest(SHIPPED.relativize(folder).toString(), () -> {
                            // When
                            List<Error> errors = schema.validate(
                                    Files.readString(folder.resolve("surrogate.json")), InputFormat.JSON);

                            // Then
                            assertThat(errors).isEmpty();
                        }));
    }

    @TestFactory
    Stream<DynamicTest> readsWhatShips() throws IOException {
        return shippedVersions().stream()
                .map(folder -> DynamicTest.dynamicTest(
                        SHIPPED.relativize(folder).toString(),
                        // When, Then
                        () -> assertThatCode(() -> new ManifestReader().read(folder))
                                .doesNotThrowAnyException()));
    }

    private List<Error> validate(ManifestFixture fixture) {
        return schema.validate(fixture.tree().toString(), InputFormat.JSON);
    }

    private static List<Path> shippedVersions() throws IOException {
        if (!Files.isDirectory(SHIPPED)) {
            return List.of();
        }
        try (Stream<Path> folders =
                Files.find(SHIPPED, 2, (path, attributes) -> Files.exists(path.resolve("surrogate.json")))) {
            return folders.sorted().toList();
        }
    }

    private static Schema published() {
        try (InputStream text =
                ManifestSchemaTest.class.getResourceAsStream("/META-INF/resources/schema/surrogate-v1.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
