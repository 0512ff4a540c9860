package io.fieldserve.prediction;

import io.fieldserve.prediction.Trust.CaseTrust;
import io.fieldserve.prediction.Trust.Spread;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.ValueRange;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.uncertainty.EnsembleSpread;
import io.fieldserve.uncertainty.FieldRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for reasons not to trust an answer: inputs unlike the training data, members that disagree, no calibration; or that
 * there is nothing to look at.
 */
final class TrustAssessor {

    /** A case whose members disagree as much as on fewer than this share of the calibration cases is suspect. */
    static final double SUSPECT_P_VALUE = 0.01;

    /** Inputs may leave the range seen in training by this share of its length. */
    static final double RANGE_TOLERANCE = 0.01;

    private static final String NOTHING_KNOWN =
            "the model came without a manifest: nothing is known of its training or calibration, and a single member has no"
                    + " spread";

    Trust assess(PredictionPlan plan, Map<String, Tensor> inputs, Solution solution) {
        int cases = Math.toIntExact(
                solution.mean().values().iterator().next().shape().dim(0));
        List<List<String>> reasons = new ArrayList<>();
        List<Map<String, Spread>> spreads = new ArrayList<>();
        for (int item = 0; item < cases; item++) {
            reasons.add(new ArrayList<>(plan.manifest().plain() ? List.of(NOTHING_KNOWN) : List.of()));
            spreads.add(new LinkedHashMap<>());
        }
        plan.manifest()
                .inputs()
                .forEach(field -> field.range()
                        .ifPresent(seen -> judgeRange(field.name(), seen, inputs.get(field.name()), reasons)));
        plan.manifest().outputs().forEach(field -> judgeOutput(plan, field, solution, reasons, spreads));
        List<CaseTrust> assessed = new ArrayList<>();
        for (int item = 0; item < cases; item++) {
            assessed.add(new CaseTrust(reasons.get(item).isEmpty(), reasons.get(item), spreads.get(item)));
        }
        return new Trust(assessed);
    }

    private static void judgeRange(String field, ValueRange seen, Tensor input, List<List<String>> reasons) {
        List<ValueRange> ranges = FieldRange.ofEachCase(input);
        for (int item = 0; item < ranges.size(); item++) {
            ValueRange range = ranges.get(item);
            if (!seen.encloses(range.minimum(), range.maximum(), RANGE_TOLERANCE)) {
                reasons.get(item)
                        .add(String.format(
                                Locale.ROOT,
                                "%s spans %.4g to %.4g, training saw %.4g to %.4g",
                                field,
                                range.minimum(),
                                range.maximum(),
                                seen.minimum(),
                                seen.maximum()));
            }
        }
    }

    private static void judgeOutput(
            PredictionPlan plan,
            Field field,
            Solution solution,
            List<List<String>> reasons,
            List<Map<String, Spread>> spreads) {
        Optional<List<Double>> calibration = plan.calibration(field).map(grid -> grid.spreadScores());
        double[] scores = EnsembleSpread.ofEachCase(
                solution.mean().get(field.name()), solution.std().get(field.name()));
        for (int item = 0; item < scores.length; item++) {
            double score = scores[item];
            boolean defined = Double.isFinite(score) && plan.members() > 1;
            Optional<Double> pValue =
                    defined ? calibration.map(known -> EnsembleSpread.pValue(score, known)) : Optional.empty();
            spreads.get(item).put(field.name(), new Spread(defined ? Optional.of(score) : Optional.empty(), pValue));
            if (!Double.isFinite(score)) {
                reasons.get(item).add(field.name() + " is zero everywhere or holds values that are not finite");
            }
            if (pValue.isPresent() && pValue.get() < SUSPECT_P_VALUE) {
                int cases = calibration.orElseThrow().size();
                reasons.get(item).add(disagreement(field, pValue.get(), cases));
            }
            uncalibrated(plan, field).ifPresent(reasons.get(item)::add);
        }
    }

    private static String disagreement(Field field, double pValue, int cases) {
        return String.format(
                Locale.ROOT,
                "the members disagree on %s more than on %.1f %% of %d calibration cases (p = %.3g)",
                field.name(),
                100 * (1 - pValue),
                cases,
                pValue);
    }

    private static Optional<String> uncalibrated(PredictionPlan plan, Field field) {
        if (plan.manifest().plain() || plan.calibration(field).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                plan.wholeEnsemble()
                        ? "%s was not calibrated on grid %s, only on %s"
                                .formatted(field.name(), plan.grid(), plan.calibratedGrids(field))
                        : "only %d of %d members took part, for which %s was not calibrated"
                                .formatted(
                                        plan.members(),
                                        plan.manifest().ensemble().members(),
                                        field.name()));
    }
}
