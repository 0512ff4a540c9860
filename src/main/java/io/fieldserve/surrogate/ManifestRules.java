package io.fieldserve.surrogate;

import io.fieldserve.surrogate.Calibration.FieldCalibration;
import io.fieldserve.surrogate.Calibration.GridCalibration;
import io.fieldserve.surrogate.EnsembleFiles.Layout;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must hold between the parts of a manifest that was read, so that nobody further on needs to check. */
final class ManifestRules {

    private static final Predicate<String> NAME =
            Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}").asMatchPredicate();
    private static final Predicate<String> FIELD_NAME =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}").asMatchPredicate();
    private static final Predicate<String> FILE_NAME =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}").asMatchPredicate();
    private static final Predicate<String> SHA256 =
            Pattern.compile("[0-9a-f]{64}").asMatchPredicate();

    private ManifestRules() {}

    static void check(Manifest manifest) {
        int schema = manifest.schemaVersion().orElseThrow();
        require(
                schema == Manifest.SCHEMA_VERSION,
                "schema_version is %d, this service reads %d".formatted(schema, Manifest.SCHEMA_VERSION));
        require(
                NAME.test(manifest.name()),
                "name '%s' is not lower-case letters, digits, '.', '_', '-'".formatted(manifest.name()));
        require(manifest.version() >= 1, "version is %d, expected 1 or more".formatted(manifest.version()));
        checkFields(manifest);
        checkGrid(manifest);
        checkFiles(manifest);
        checkCalibration(manifest);
    }

    private static void checkFields(Manifest manifest) {
        require(!manifest.inputs().isEmpty() && !manifest.outputs().isEmpty(), "inputs and outputs may not be empty");
        Set<String> names = new HashSet<>();
        Stream.concat(manifest.inputs().stream(), manifest.outputs().stream()).forEach(field -> {
            require(FIELD_NAME.test(field.name()), "field name '%s' is not an identifier".formatted(field.name()));
            require(names.add(field.name()), "field '%s' appears twice".formatted(field.name()));
            require(field.channels() >= 1, "field '%s' has %d channels".formatted(field.name(), field.channels()));
        });
    }

    private static void checkGrid(Manifest manifest) {
        GridLimits grid = manifest.grid().orElseThrow();
        int dimensions = grid.minimum().size();
        require(dimensions >= 1, "the grid has no axes");
        require(
                grid.maximum().size() == dimensions && grid.trained().size() == dimensions,
                "grid.minimum, grid.maximum and grid.trained must have one entry an axis");
        for (int axis = 0; axis < dimensions; axis++) {
            require(
                    1 <= grid.minimum().get(axis)
                            && grid.minimum().get(axis) <= grid.maximum().get(axis),
                    "grid.minimum exceeds grid.maximum along axis %d".formatted(axis));
        }
        Stream.concat(manifest.inputs().stream(), manifest.outputs().stream())
                .forEach(field -> require(
                        field.dimensions() == 0 || field.dimensions() == dimensions,
                        "field '%s' has %d axes, the grid has %d"
                                .formatted(field.name(), field.dimensions(), dimensions)));
        require(
                manifest.inputs().stream().anyMatch(field -> field.dimensions() == dimensions),
                "no input field has the axes of the grid");
    }

    private static void checkFiles(Manifest manifest) {
        EnsembleFiles ensemble = manifest.ensemble();
        require(ensemble.members() >= 1, "ensemble.members is %d".formatted(ensemble.members()));
        int expected = ensemble.layout() == Layout.SEPARATE ? ensemble.members() : 1;
        require(
                ensemble.files().size() == expected,
                "ensemble.files has %d entries, expected %d"
                        .formatted(ensemble.files().size(), expected));
        manifest.files().forEach(file -> {
            require(FILE_NAME.test(file.path()), "file '%s' is not a plain file name".formatted(file.path()));
            require(
                    file.sha256().filter(SHA256).isPresent(),
                    "sha256 of '%s' is not 64 hexadecimal digits".formatted(file.path()));
        });
        manifest.examples()
                .ifPresent(file -> require(file.cases() >= 1, "examples.cases is %d".formatted(file.cases())));
    }

    private static void checkCalibration(Manifest manifest) {
        List<String> outputs = manifest.outputs().stream().map(Field::name).toList();
        for (FieldCalibration field : manifest.calibration().orElseThrow().fields()) {
            require(
                    outputs.contains(field.field()),
                    "calibration of '%s', which is no output".formatted(field.field()));
            field.grids().forEach(ManifestRules::checkGridCalibration);
        }
    }

    private static void checkGridCalibration(GridCalibration calibration) {
        require(
                calibration
                        .level(Calibration.DEFAULT_LEVEL, Guarantee.POINTWISE)
                        .isPresent(),
                "grid %s has no pointwise level %s, which is the default"
                        .formatted(calibration.grid(), Calibration.DEFAULT_LEVEL));
        require(calibration.stdFloor() >= 0, "std_floor of grid %s is negative".formatted(calibration.grid()));
        calibration.levels().forEach(level -> {
            require(0 < level.level() && level.level() < 1, "level %s is not between 0 and 1".formatted(level.level()));
            require(level.scale() > 0, "scale of level %s is not positive".formatted(level.level()));
        });
        List<Double> scores = calibration.spreadScores();
        for (int i = 1; i < scores.size(); i++) {
            require(
                    scores.get(i - 1) <= scores.get(i),
                    "spread_scores of grid %s are not ascending".formatted(calibration.grid()));
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new InvalidManifestException(message);
        }
    }
}
