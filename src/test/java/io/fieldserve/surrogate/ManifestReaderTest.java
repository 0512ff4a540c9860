package io.fieldserve.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldserve.surrogate.Calibration.GridCalibration;
import io.fieldserve.surrogate.Calibration.Level;
import io.fieldserve.surrogate.EnsembleFiles.Layout;
import io.fieldserve.tensor.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
    /** Objects whose keys are names of something, which a manifest chooses as it likes. */
    private static final Set<String> FREE = Set.of("/pde/parameters", "/training/cases", "/training/network");

    private final ManifestReader reader = new ManifestReader();

    @TempDir
    Path folder;

    @Test
    void readsEveryKey() throws IOException {
        // Given
        ManifestFixture fixture = ManifestFixture.affine();
        fixture.writeTo(folder);

        // When
        Manifest manifest = reader.read(folder);

        // Then
        ObjectMapper mapper = ManifestJson.configure(new ObjectMapper());
        assertThat(mapper.readTree(mapper.writeValueAsString(manifest))).isEqualTo(fixture.tree());
    }

    @Test
    void readsAsManyBytesAsAreAllowed() throws IOException {
        // Given spaces, which change nothing but the size
        padTo(4_000_000);

        // When
        Manifest manifest = reader.read(folder);

        // Then
        assertThat(manifest.name()).isEqualTo("affine");
    }

    @Test
    void refusesAByteMore() throws IOException {
        // Given
        padTo(4_000_001);

        // When, Then
        assertThatThrownBy(() -> reader.read(folder))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage("surrogate.json has more than the 4000000 bytes that are allowed");
    }

    private void padTo(int bytes) throws IOException {
        ManifestFixture.affine().writeTo(folder);
        Path file = folder.resolve("surrogate.json");
        String spaces = " ".repeat(bytes - (int) Files.size(file));
        Files.writeString(file, spaces, StandardOpenOption.APPEND);
    }

    @Test
    void givesEveryPartItsType() throws IOException {
        // Given
        ManifestFixture.affine().writeTo(folder);

        // When
        Manifest manifest = reader.read(folder);

        // Then
        assertThat(manifest.inputs())
                .containsExactly(new Field(
                        "permeability",
                        Optional.of("a"),
                        Optional.of("Permeability of the ground"),
                        List.of("y", "x"),
                        1,
                        Optional.of("1"),
                        DataType.FLOAT32,
                        Optional.of(new ValueRange(0, 4)),
                        true));
        assertThat(manifest.ensemble().layout()).isEqualTo(Layout.SEPARATE);
        assertThat(manifest.golden()).map(GoldenCase::relativeTolerance).contains(1e-5);
        Calibration calibration = manifest.calibration().orElseThrow();
        assertThat(calibration.on("pressure", List.of(2, 3)))
                .flatMap(grid -> grid.level(0.9, Guarantee.SIMULTANEOUS))
                .contains(new Level(0.9, Guarantee.SIMULTANEOUS, 4, 0.89, 6));
        assertThat(calibration.on("pressure", List.of(2, 3)).map(GridCalibration::spreadScores))
                .contains(List.of(0.125, 0.25, 0.25, 0.5));
        assertThat(manifest.training().orElseThrow().network())
                .containsAllEntriesOf(Map.of("architecture", "affine", "width", 1, "activations", List.of("none")));
    }

    @Test
    void takesAVersionWithoutExamples() throws IOException {
        // Given
        ManifestFixture.affine().with("/examples", null).writeTo(folder);

        // When
        Manifest manifest = reader.read(folder);

        // Then
        assertThat(manifest.examples()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void refusesAManifestThatLacksAKey(String key) throws IOException {
        // Given
        ManifestFixture.affine().without(key).writeTo(folder);

        // When, Then
        assertRefused(nameOf(key));
    }

    @ParameterizedTest
    @MethodSource("keysWithAValue")
    void refusesNull(String key) throws IOException {
        // Given
        ManifestFixture.affine().with(key, null).writeTo(folder);

        // When, Then
        assertRefused(nameOf(key));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void refusesAKeyItDoesNotKnow(String object) throws IOException {
        // Given
        ManifestFixture.affine().with(object + "/licens", "Apache-2.0").writeTo(folder);

        // When, Then
        assertRefused("\"licens\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/inputs/0/dtype, float64, not a dtype served here",
        "/ensemble/layout, stacked, moments",
        "/calibration/fields/0/grids/0/levels/0/guarantee, mostly, pointwise",
        "/version, one, int",
        "/version, 1, int",
        "/inputs/0/finite, true, boolean",
        "/inputs/0/range, 0 to 4, ValueRange",
        "/inputs, permeability, ArrayList"
    })
    void refusesAValueOfAnotherKind(String key, String value, String reason) throws IOException {
        // Given
        ManifestFixture.affine().with(key, value).writeTo(folder);

        // When, Then
        assertThatThrownBy(() -> reader.read(folder))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining(reason)
                .hasMessageStartingWith(pathOf(key) + ": ");
    }

    @Test
    void refusesTheShapeThatOnlyAPlainModelHas() throws IOException {
        // Given
        ManifestFixture.affine().with("/inputs/0/shape", List.of(-1, 1, -1, -1)).writeTo(folder);

        // When, Then
        assertRefused("\"shape\"");
    }

    @Test
    void doesNotRound() throws IOException {
        // Given
        ManifestFixture.affine().with("/version", 1.5).writeTo(folder);

        // When, Then
        assertRefused("version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "7", "{", "{]", "surrogate"})
    void refusesWhatIsNoJsonObject(String text) throws IOException {
        // Given
        Files.writeString(folder.resolve("surrogate.json"), text);

        // When, Then
        assertThatThrownBy(() -> reader.read(folder)).isInstanceOf(InvalidManifestException.class);
    }

    @Test
    void refusesAnythingAfterTheManifest() throws IOException {
        // Given
        String manifest = ManifestFixture.affine().tree().toString();
        Files.writeString(folder.resolve("surrogate.json"), manifest + "{}");

        // When, Then
        assertThatThrownBy(() -> reader.read(folder))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("Trailing token");
    }

    @Test
    void holdsTheManifestToItsRules() throws IOException {
        // Given
        ManifestFixture.affine().with("/name", "Darcy FNO").writeTo(folder);

        // When, Then
        assertRefused("'Darcy FNO'");
    }

    @Test
    void tellsAMissingFileFromABadOne() {
        // When, Then
        assertThatThrownBy(() -> reader.read(folder)).isInstanceOf(NoSuchFileException.class);
    }

    private void assertRefused(String offender) {
        assertThatThrownBy(() -> reader.read(folder))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining(offender);
    }

    /** A JSON pointer the way messages write it: {@code /inputs/0/dtype} as {@code inputs[0].dtype}. */
    private static String pathOf(String pointer) {
        return pointer.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
    }

    private static String nameOf(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** Every key of the manifest, as a JSON pointer. */
    static List<String> keys() {
        return objects()
                .flatMap(object -> fieldNames(object).map(name -> object + "/" + name))
                .toList();
    }

    /** Every key that may not be null. */
    static List<String> keysWithAValue() {
        return keys().stream().filter(key -> !key.equals("/examples")).toList();
    }

    /** Every object in the manifest whose keys the format defines. */
    static Stream<String> objects() {
        List<String> objects = new ArrayList<>();
        collectObjects("", ManifestFixture.affine().tree(), objects);
        return objects.stream();
    }

    private static void collectObjects(String pointer, JsonNode node, List<String> objects) {
        if (FREE.contains(pointer)) {
            return;
        }
        if (node.isObject()) {
            objects.add(pointer);
            fieldNames(pointer).forEach(name -> collectObjects(pointer + "/" + name, node.get(name), objects));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collectObjects(pointer + "/" + i, node.get(i), objects);
        }
    }

    private static Stream<String> fieldNames(String object) {
        List<String> names = new ArrayList<>();
        ManifestFixture.affine().tree().at(object).fieldNames().forEachRemaining(names::add);
        return names.stream();
    }
}
