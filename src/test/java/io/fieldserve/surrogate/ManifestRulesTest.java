package io.fieldserve.surrogate;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestRulesTest {
    private static final String GRID = "/calibration/fields/0/grids/0";

    @Test
    void acceptsAValidManifest() {
        // When, Then
        assertThatCode(() -> ManifestRules.check(ManifestFixture.affine().manifest()))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsSeveralFieldsOfWhichSomeHaveNoAxes() {
        // When, Then
        assertThatCode(() -> ManifestRules.check(ManifestFixture.pair().manifest()))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsOneGraphOfAllMembers() {
        // Given
        Manifest manifest =
                ManifestFixture.affine().inOneGraph("affine-moments.onnx").manifest();

        // When, Then
        assertThatCode(() -> ManifestRules.check(manifest)).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("broken")
    void refusesWhatBreaksARule(String key, Object value, String offender) {
        // Given
        Manifest manifest = ManifestFixture.affine().with(key, value).manifest();

        // When, Then
        assertThatThrownBy(() -> ManifestRules.check(manifest))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining(offender);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                arguments("/schema_version", 2, "schema_version is 2, this service reads 1"),
                arguments("/name", "Darcy", "name 'Darcy'"),
                arguments("/name", "", "name ''"),
                arguments("/name", "../etc", "name '../etc'"),
                arguments("/name", "a".repeat(65), "name 'aaaa"),
                arguments("/version", 0, "version is 0"),
                arguments("/inputs", List.of(), "inputs and outputs may not be empty"),
                arguments("/outputs", List.of(), "inputs and outputs may not be empty"),
                arguments("/inputs/0/name", "the field", "field name 'the field'"),
                arguments("/inputs/0/name", "pressure", "field 'pressure' appears twice"),
                arguments("/outputs/0/channels", 0, "field 'pressure' has 0 channels"),
                arguments("/grid/maximum", List.of(16), "one entry an axis"),
                arguments("/grid/trained", List.of(2, 3, 4), "one entry an axis"),
                arguments("/grid/minimum", List.of(2, 33), "grid.minimum exceeds grid.maximum along axis 1"),
                arguments("/grid/minimum", List.of(0, 2), "axis 0"),
                arguments("/inputs/0/axes", List.of("x"), "field 'permeability' has 1 axes, the grid has 2"),
                arguments("/outputs/0/axes", List.of("x"), "field 'pressure' has 1 axes, the grid has 2"),
                arguments("/inputs/0/axes", List.of(), "no input field has the axes of the grid"),
                arguments("/ensemble/members", 0, "ensemble.members is 0"),
                arguments("/ensemble/members", 2, "ensemble.files has 3 entries, expected 2"),
                arguments("/ensemble/layout", "moments", "ensemble.files has 3 entries, expected 1"),
                arguments("/ensemble/files/1/path", "../../secret", "file '../../secret'"),
                arguments("/ensemble/files/1/path", ".hidden", "file '.hidden'"),
                arguments("/golden/path", "/etc/passwd", "file '/etc/passwd'"),
                arguments("/examples/path", "a\\b.npz", "file 'a\\b.npz'"),
                arguments("/ensemble/files/2/sha256", "abc", "sha256 of 'affine-2.onnx'"),
                arguments("/golden/sha256", "A".repeat(64), "sha256 of 'golden.npz'"),
                arguments("/examples/sha256", "g".repeat(64), "sha256 of 'examples.npz'"),
                arguments("/examples/cases", 0, "examples.cases is 0"),
                arguments("/calibration/fields/0/field", "speed", "calibration of 'speed'"),
                arguments(GRID + "/std_floor", -0.1, "std_floor of grid [2, 3]"),
                arguments(GRID + "/levels/1/level", 1, "level 1.0"),
                arguments(GRID + "/levels/1/level", 0, "level 0.0"),
                arguments(GRID + "/levels/0/scale", 0, "scale of level 0.9"),
                arguments(GRID + "/spread_scores", List.of(0.5, 0.25), "spread_scores of grid [2, 3]"));
    }

    @Test
    void refusesAGridWithoutAxes() {
        // Given fields that have none either
        Manifest manifest = ManifestFixture.affine()
                .with("/inputs/0/axes", List.of())
                .with("/outputs/0/axes", List.of())
                .with("/grid/minimum", List.of())
                .with("/grid/maximum", List.of())
                .with("/grid/trained", List.of())
                .manifest();

        // When, Then
        assertThatThrownBy(() -> ManifestRules.check(manifest))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("the grid has no axes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"darcy-fno", "a", "burgers_1d.v2", "3d"})
    void acceptsNamesThatSuitAPathAndAnAddress(String name) {
        // Given
        Manifest manifest = ManifestFixture.affine().with("/name", name).manifest();

        // When, Then
        assertThatCode(() -> ManifestRules.check(manifest)).doesNotThrowAnyException();
    }

    @Test
    void acceptsScoresThatTie() {
        // Given
        Manifest manifest = ManifestFixture.affine()
                .with(GRID + "/spread_scores", List.of(0.25, 0.25))
                .manifest();

        // When, Then
        assertThatCode(() -> ManifestRules.check(manifest)).doesNotThrowAnyException();
    }
}
