package io.fieldserve.prediction;

import io.fieldserve.surrogate.Calibration.GridCalibration;
import io.fieldserve.surrogate.Calibration.Level;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What will be computed for one request, worked out before anything runs: an option that can't be met fails here.
 *
 * @param grid points along each axis
 * @param members that take part
 * @param quantities of every output field
 */
record PredictionPlan(
        Manifest manifest, List<Integer> grid, int members, Set<Quantity> quantities, PredictionOptions options) {

    private static final Set<Quantity> INTERVAL = EnumSet.of(Quantity.LOWER, Quantity.UPPER);

    static PredictionPlan of(Manifest manifest, List<Integer> grid, PredictionOptions options) {
        int all = manifest.ensemble().members();
        int members = options.members().orElse(all);
        if (members < 1 || members > all) {
            throw invalid("members", "1 to " + all, Integer.toString(members));
        }
        PredictionPlan plan = new PredictionPlan(manifest, grid, members, options.outputs(), options);
        return new PredictionPlan(
                manifest, grid, members, options.outputs().isEmpty() ? plan.defaults() : plan.checked(), options);
    }

    EnsembleQuery query() {
        return new EnsembleQuery(members, quantities.contains(Quantity.MEMBERS));
    }

    boolean wholeEnsemble() {
        return members == manifest.ensemble().members();
    }

    Optional<GridCalibration> calibration(Field output) {
        return wholeEnsemble()
                ? manifest.calibration().flatMap(calibration -> calibration.on(output.name(), grid))
                : Optional.empty();
    }

    /** The calibrated level of an output field, where this plan includes the interval. */
    Optional<Level> level(Field output) {
        return quantities.stream().anyMatch(INTERVAL::contains) ? offered(output) : Optional.empty();
    }

    private Set<Quantity> defaults() {
        Set<Quantity> chosen = EnumSet.of(Quantity.MEAN);
        if (members > 1) {
            chosen.add(Quantity.STD);
        }
        if (manifest.outputs().stream().allMatch(output -> calibration(output).isPresent())) {
            requireLevel();
            chosen.addAll(INTERVAL);
        }
        return chosen;
    }

    private Set<Quantity> checked() {
        if (members == 1 && quantities.contains(Quantity.STD)) {
            throw invalid("outputs", "no std of a single member", "std with members=1");
        }
        if (quantities.stream().anyMatch(INTERVAL::contains)) {
            requireCalibration();
            requireLevel();
        }
        return quantities;
    }

    private void requireCalibration() {
        for (Field output : manifest.outputs()) {
            if (!wholeEnsemble()) {
                throw invalid("outputs", "no interval of part of the ensemble", "members=" + members);
            }
            if (manifest.calibration().isEmpty()) {
                throw invalid("outputs", "no interval of what was not calibrated", "lower or upper");
            }
            if (calibration(output).isEmpty()) {
                throw invalid("outputs", "an interval only on the grids " + calibratedGrids(output), "grid " + grid);
            }
        }
    }

    private void requireLevel() {
        for (Field output : manifest.outputs()) {
            if (offered(output).isEmpty()) {
                throw notOffered(calibration(output).orElseThrow());
            }
        }
    }

    private FailureException notOffered(GridCalibration calibration) {
        String levels = calibration.levels().stream()
                .filter(level -> level.guarantee() == options.guarantee())
                .map(level -> Double.toString(level.level()))
                .collect(Collectors.joining(", "));
        return levels.isEmpty()
                ? invalid(
                        "guarantee",
                        "one that grid " + grid + " was calibrated for",
                        options.guarantee().wireName())
                : invalid("level", "one of " + levels, Double.toString(options.level()));
    }

    private Optional<Level> offered(Field output) {
        return calibration(output).flatMap(calibration -> calibration.level(options.level(), options.guarantee()));
    }

    List<List<Integer>> calibratedGrids(Field output) {
        return manifest.calibration().stream()
                .flatMap(calibration -> calibration.fields().stream())
                .filter(field -> field.field().equals(output.name()))
                .flatMap(field -> field.grids().stream().map(GridCalibration::grid))
                .toList();
    }

    private static FailureException invalid(String parameter, String expected, String actual) {
        return new Failure.InvalidParameter(parameter, expected, actual).asException();
    }
}
