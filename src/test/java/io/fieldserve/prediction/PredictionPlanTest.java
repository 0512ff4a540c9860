package io.fieldserve.prediction;

import static io.fieldserve.prediction.Quantity.LOWER;
import static io.fieldserve.prediction.Quantity.MEAN;
import static io.fieldserve.prediction.Quantity.MEMBERS;
import static io.fieldserve.prediction.Quantity.STD;
import static io.fieldserve.prediction.Quantity.UPPER;
import static io.fieldserve.surrogate.Guarantee.POINTWISE;
import static io.fieldserve.surrogate.Guarantee.SIMULTANEOUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fieldserve.surrogate.Calibration.Level;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.surrogate.Guarantee;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.surrogate.ManifestFixture;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A surrogate of three members, calibrated on one grid for 0.9 and 0.95 pointwise and for 0.9 simultaneous. */
class PredictionPlanTest {
    private static final Manifest MANIFEST = ManifestFixture.affine().manifest();
    private static final List<Integer> CALIBRATED = List.of(2, 3);
    private static final List<Integer> UNCALIBRATED = List.of(4, 4);

    @ParameterizedTest(name = "grid {0}, {1} members: {2}")
    @MethodSource("defaults")
    void givesByDefaultWhatCanBeVouchedFor(List<Integer> grid, OptionalInt members, Set<Quantity> quantities) {
        // Given
        PredictionOptions options = new PredictionOptions(0.9, POINTWISE, members, Set.of());

        // When
        PredictionPlan plan = PredictionPlan.of(MANIFEST, grid, options);

        // Then
        assertThat(plan.quantities()).isEqualTo(quantities);
        assertThat(plan.query()).isEqualTo(new EnsembleQuery(members.orElse(3), false));
    }

    static Stream<Arguments> defaults() {
        return Stream.of(
                arguments(CALIBRATED, OptionalInt.empty(), Set.of(MEAN, STD, LOWER, UPPER)),
                arguments(CALIBRATED, OptionalInt.of(3), Set.of(MEAN, STD, LOWER, UPPER)),
                arguments(CALIBRATED, OptionalInt.of(2), Set.of(MEAN, STD)),
                arguments(CALIBRATED, OptionalInt.of(1), Set.of(MEAN)),
                arguments(UNCALIBRATED, OptionalInt.empty(), Set.of(MEAN, STD)),
                arguments(UNCALIBRATED, OptionalInt.of(1), Set.of(MEAN)));
    }

    @Test
    void asksForEachMemberOnlyWhenMembersAreWanted() {
        // Given
        PredictionOptions options = options(OptionalInt.of(2), MEMBERS, MEAN);

        // When
        PredictionPlan plan = PredictionPlan.of(MANIFEST, UNCALIBRATED, options);

        // Then
        assertThat(plan.query()).isEqualTo(new EnsembleQuery(2, true));
        assertThat(plan.quantities()).containsExactlyInAnyOrder(MEMBERS, MEAN);
    }

    @Test
    void findsTheLevelOfTheGuaranteeAskedFor() {
        // Given
        PredictionOptions options = new PredictionOptions(0.9, SIMULTANEOUS, OptionalInt.empty(), Set.of(UPPER));

        // When
        PredictionPlan plan = PredictionPlan.of(MANIFEST, CALIBRATED, options);

        // Then
        assertThat(plan.level(MANIFEST.outputs().getFirst())).contains(new Level(0.9, SIMULTANEOUS, 4, 0.89, 6));
    }

    @Test
    void looksForNoLevelWhereNoIntervalIsWanted() {
        // Given
        PredictionOptions options = new PredictionOptions(0.5, POINTWISE, OptionalInt.empty(), Set.of(MEAN));

        // When
        PredictionPlan plan = PredictionPlan.of(MANIFEST, CALIBRATED, options);

        // Then
        assertThat(plan.level(MANIFEST.outputs().getFirst())).isEmpty();
    }

    @ParameterizedTest(name = "{0} with {1} on {2}")
    @MethodSource("impossible")
    void refusesWhatCannotBeMet(
            OptionalInt members,
            Set<Quantity> outputs,
            List<Integer> grid,
            String parameter,
            String expected,
            String actual) {
        // Given
        PredictionOptions options = new PredictionOptions(0.9, POINTWISE, members, outputs);

        // When
        Failure failure = refusal(grid, options);

        // Then
        assertThat(failure).isEqualTo(new Failure.InvalidParameter(parameter, expected, actual));
    }

    static Stream<Arguments> impossible() {
        OptionalInt all = OptionalInt.empty();
        return Stream.of(
                arguments(OptionalInt.of(0), Set.of(), CALIBRATED, "members", "1 to 3", "0"),
                arguments(OptionalInt.of(4), Set.of(), CALIBRATED, "members", "1 to 3", "4"),
                arguments(
                        OptionalInt.of(Integer.MIN_VALUE),
                        Set.of(MEAN),
                        CALIBRATED,
                        "members",
                        "1 to 3",
                        "-2147483648"),
                arguments(
                        OptionalInt.of(1),
                        Set.of(MEAN, STD),
                        CALIBRATED,
                        "outputs",
                        "no std of a single member",
                        "std with members=1"),
                arguments(
                        OptionalInt.of(2),
                        Set.of(LOWER),
                        CALIBRATED,
                        "outputs",
                        "no interval of part of the ensemble",
                        "members=2"),
                arguments(
                        all,
                        Set.of(MEAN, LOWER),
                        UNCALIBRATED,
                        "outputs",
                        "an interval only on the grids [[2, 3]]",
                        "grid [4, 4]"),
                arguments(
                        all,
                        Set.of(UPPER),
                        UNCALIBRATED,
                        "outputs",
                        "an interval only on the grids [[2, 3]]",
                        "grid [4, 4]"));
    }

    @ParameterizedTest(name = "{0} {1} with {2}")
    @MethodSource("levelsNotOffered")
    void refusesALevelThatIsNotOffered(double level, Guarantee guarantee, Set<Quantity> outputs, String offered) {
        // Given
        PredictionOptions options = new PredictionOptions(level, guarantee, OptionalInt.empty(), outputs);

        // When
        Failure failure = refusal(CALIBRATED, options);

        // Then
        assertThat(failure).isEqualTo(new Failure.InvalidParameter("level", offered, Double.toString(level)));
    }

    static Stream<Arguments> levelsNotOffered() {
        return Stream.of(
                arguments(0.5, POINTWISE, Set.of(LOWER), "one of 0.9, 0.95"),
                arguments(0.5, POINTWISE, Set.of(), "one of 0.9, 0.95"),
                arguments(0.95, SIMULTANEOUS, Set.of(UPPER), "one of 0.9"),
                arguments(Double.NaN, POINTWISE, Set.of(), "one of 0.9, 0.95"));
    }

    @Test
    void refusesAGuaranteeThatWasNotCalibrated() {
        // Given
        Manifest pointwiseOnly = ManifestFixture.affine()
                .with(
                        "/calibration/fields/0/grids/0/levels",
                        List.of(Map.of(
                                "level", 0.9, "guarantee", "pointwise", "scale", 2, "coverage", 0.9, "mean_width", 3)))
                .manifest();
        PredictionOptions options = new PredictionOptions(0.9, SIMULTANEOUS, OptionalInt.empty(), Set.of(LOWER));

        // When
        Failure failure = catchThrowableOfType(
                        FailureException.class, () -> PredictionPlan.of(pointwiseOnly, CALIBRATED, options))
                .failure();

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.InvalidParameter(
                        "guarantee", "one that grid [2, 3] was calibrated for", "simultaneous"));
    }

    private static PredictionOptions options(OptionalInt members, Quantity... outputs) {
        return new PredictionOptions(0.9, POINTWISE, members, Set.of(outputs));
    }

    private static Failure refusal(List<Integer> grid, PredictionOptions options) {
        return catchThrowableOfType(FailureException.class, () -> PredictionPlan.of(MANIFEST, grid, options))
                .failure();
    }
}
