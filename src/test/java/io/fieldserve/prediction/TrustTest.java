package io.fieldserve.prediction;

import static io.fieldserve.surrogate.FieldArrays.UNPOOLED;
import static io.fieldserve.surrogate.FieldArrays.tensor;
import static io.fieldserve.surrogate.Guarantee.POINTWISE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fieldserve.prediction.Trust.CaseTrust;
import io.fieldserve.prediction.Trust.Spread;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The spread score of a constant field a is |a - 0.5| / |2 a + 1|. Calibration saw the scores 0.125, 0.25, 0.25 and 0.5
 * on the grid [2, 3], and training saw permeabilities from 0 to 4.
 */
class TrustTest {
    private static final String SPREAD_SCORES = "/calibration/fields/0/grids/0/spread_scores";

    private final PredictionBench bench = new PredictionBench();

    @AfterEach
    void allMemoryIsBack() {
        bench.close();
    }

    @Test
    void nothingSpeaksAgainstACaseLikeThoseOfTheCalibration() {
        // When
        Trust trust = assess(ManifestFixture.affine(), 1.5f);

        // Then 3 of the 4 scores are at least 1 / 4
        assertThat(trust.trusted()).isTrue();
        assertThat(trust.cases())
                .containsExactly(new CaseTrust(
                        true, List.of(), Map.of("pressure", new Spread(Optional.of(0.25), Optional.of(4 / 5.0)))));
    }

    @Test
    void judgesEveryCaseOfABatchByItself() {
        // When
        Trust trust = assess(ManifestFixture.affine(), 1.5f, 5, 0.5f);

        // Then
        assertThat(trust.trusted()).isFalse();
        assertThat(trust.cases()).extracting(CaseTrust::trusted).containsExactly(true, false, true);
        assertThat(trust.cases().get(1).reasons())
                .containsExactly("permeability spans 5.000 to 5.000, training saw 0.000 to 4.000");
        assertThat(trust.cases())
                .extracting(single -> single.spread().get("pressure").score().orElseThrow())
                .satisfiesExactly(
                        score -> assertThat(score).isEqualTo(0.25),
                        score -> assertThat(score).isCloseTo(4.5 / 11, within(1e-12)),
                        score -> assertThat(score).isZero());
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.039f, 4.039f})
    void allowsInputsToLeaveTheRangeByOneHundredthOfIt(float value) {
        // When
        Trust trust = assess(ManifestFixture.affine(), value);

        // Then
        assertThat(trust.trusted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-0.041, -0.04100", "4.041, 4.041"})
    void distrustsInputsThatLeaveItFurther(float value, String shown) {
        // When
        Trust trust = assess(ManifestFixture.affine(), value);

        // Then
        assertThat(reasons(trust))
                .containsExactly("permeability spans %s to %s, training saw 0.000 to 4.000".formatted(shown, shown));
    }

    @Test
    void distrustsMembersThatDisagreeMoreThanOnNinetyNineInAHundredCases() {
        // Given 199 scores of 0.125
        ManifestFixture fixture = ManifestFixture.affine().with(SPREAD_SCORES, Collections.nCopies(199, 0.125));

        // When the score is 0.5
        Trust trust = assess(fixture, 0);

        // Then
        assertThat(reasons(trust))
                .containsExactly("the members disagree on pressure more than on 99.5 % of 199 calibration cases"
                        + " (p = 0.00500)");
    }

    @Test
    void trustsThemAtOneInAHundred() {
        // Given 99 scores, of which the p-value cannot fall below 1 / 100
        ManifestFixture fixture = ManifestFixture.affine().with(SPREAD_SCORES, Collections.nCopies(99, 0.125));

        // When
        Trust trust = assess(fixture, 0);

        // Then
        assertThat(trust.trusted()).isTrue();
        assertThat(trust.cases().getFirst().spread().get("pressure").pValue()).contains(0.01);
    }

    @Test
    void distrustsAGridThatWasNotCalibrated() {
        // When
        Trust trust = assess(ManifestFixture.affine(), Shape.of(1, 1, 3, 2), OptionalInt.empty(), 1.5f);

        // Then
        assertThat(reasons(trust)).containsExactly("pressure was not calibrated on grid [3, 2], only on [[2, 3]]");
        assertThat(trust.cases().getFirst().spread())
                .containsEntry("pressure", new Spread(Optional.of(0.25), Optional.empty()));
    }

    @Test
    void distrustsPartOfTheEnsemble() {
        // When
        Trust trust = assess(ManifestFixture.affine(), Shape.of(1, 1, 2, 3), OptionalInt.of(2), 1.5f);

        // Then
        assertThat(reasons(trust))
                .containsExactly("only 2 of 3 members took part, for which pressure was not calibrated");
    }

    @Test
    void distrustsAnAnswerThatIsZeroEverywhere() {
        // Given a range that has -0.5 in it, where the mean is zero but the members are not
        ManifestFixture fixture = ManifestFixture.affine().with("/inputs/0/range", Map.of("minimum", -1, "maximum", 4));

        // When
        Trust trust = assess(fixture, -0.5f);

        // Then
        assertThat(reasons(trust)).containsExactly("pressure is zero everywhere or holds values that are not finite");
        assertThat(trust.cases().getFirst().spread().get("pressure").score()).isEmpty();
    }

    @Test
    void distrustsAnAnswerThatIsNotFinite() {
        // When
        Trust trust = assess(ManifestFixture.affine(), Float.NaN);

        // Then
        assertThat(reasons(trust)).containsExactly("pressure is zero everywhere or holds values that are not finite");
    }

    @Test
    void judgesEveryFieldByItself() {
        // Given
        Map<String, Tensor> inputs = Map.of(
                "forcing", tensor(UNPOOLED, Shape.of(1, 2, 2), 1, 2, 3, 9),
                "viscosity", tensor(UNPOOLED, Shape.of(1, 1), 2));

        // When
        Prediction prediction = bench.predict(bench.open(ManifestFixture.pair()), inputs, PredictionOptions.defaults());

        // Then
        assertThat(reasons(prediction.trust()))
                .containsExactly(
                        "forcing spans 1.000 to 9.000, training saw -8.000 to 8.000",
                        "viscosity spans 2.000 to 2.000, training saw 0.000 to 1.000",
                        "velocity was not calibrated on grid [2], only on []",
                        "energy was not calibrated on grid [2], only on []");
        assertThat(prediction.trust().cases().getFirst().spread())
                .containsOnlyKeys("velocity", "energy")
                .allSatisfy((field, spread) -> assertThat(spread.score()).contains(0.5));
        prediction.close();
    }

    /** Cases that are constant, on the calibrated grid. */
    private Trust assess(ManifestFixture fixture, float... constants) {
        return assess(fixture, Shape.of(constants.length, 1, 2, 3), OptionalInt.empty(), constants);
    }

    private Trust assess(ManifestFixture fixture, Shape shape, OptionalInt members, float... constants) {
        int points = Math.toIntExact(shape.elements()) / constants.length;
        float[] values = new float[constants.length * points];
        for (int i = 0; i < values.length; i++) {
            values[i] = constants[i / points];
        }
        PredictionOptions options = new PredictionOptions(0.9, POINTWISE, members, Set.of());
        try (Prediction prediction =
                bench.predict(bench.open(fixture), Map.of("permeability", tensor(UNPOOLED, shape, values)), options)) {
            return prediction.trust();
        }
    }

    private static List<String> reasons(Trust trust) {
        assertThat(trust.cases()).hasSize(1);
        return trust.cases().getFirst().reasons();
    }
}
