package io.fieldserve.surrogate;

import java.util.List;
import java.util.Optional;

/**
 * Split conformal calibration: interval = mean ± scale · (std + floor).
 *
 * @param method in words
 * @param references of the method: papers with DOI or arXiv number
 * @param fields one entry an output field
 */
public record Calibration(String method, List<String> references, List<FieldCalibration> fields) {

    /** The level that every calibrated grid offers pointwise, and that is taken when none is asked for. */
    public static final double DEFAULT_LEVEL = 0.9;

    public Calibration {
        references = List.copyOf(references);
        fields = List.copyOf(fields);
    }

    /** The calibration of an output field on one grid, if that grid was calibrated. */
    public Optional<GridCalibration> on(String field, List<Integer> grid) {
        return fields.stream()
                .filter(candidate -> candidate.field().equals(field))
                .flatMap(candidate -> candidate.grids().stream())
                .filter(candidate -> candidate.grid().equals(grid))
                .findFirst();
    }

    /** All grids of an output field. */
    public record FieldCalibration(String field, List<GridCalibration> grids) {
        public FieldCalibration {
            grids = List.copyOf(grids);
        }
    }

    /**
     * What was measured on one grid.
     *
     * @param cases held-out cases the scales come from
     * @param stdFloor added to std, in the field's unit, so that a score is finite where members agree
     * @param spreadScores ascending ||std|| / ||mean|| of the calibration cases, for the in-distribution p-value
     */
    public record GridCalibration(
            List<Integer> grid, int cases, double stdFloor, List<Level> levels, List<Double> spreadScores) {
        public GridCalibration {
            grid = List.copyOf(grid);
            levels = List.copyOf(levels);
            spreadScores = List.copyOf(spreadScores);
        }

        /** The calibrated level, if it is one of those stated. */
        public Optional<Level> level(double level, Guarantee guarantee) {
            return levels.stream()
                    .filter(candidate -> candidate.level() == level && candidate.guarantee() == guarantee)
                    .findFirst();
        }
    }

    /**
     * One interval on offer.
     *
     * @param level nominal probability, such as 0.9
     * @param scale multiple of (std + floor)
     * @param coverage measured on a third set, which neither training nor calibration saw
     * @param meanWidth mean of upper - lower on that set, in the field's unit
     */
    public record Level(double level, Guarantee guarantee, double scale, double coverage, double meanWidth) {}
}
