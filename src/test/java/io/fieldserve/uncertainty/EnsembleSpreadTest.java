package io.fieldserve.uncertainty;

import static io.fieldserve.surrogate.FieldArrays.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.surrogate.FieldArrays;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnsembleSpreadTest {
    private final SlabPool slabs = FieldArrays.poisonedSlabs();

    @Test
    void comparesTheNormsOfStdAndMeanCaseByCase() {
        // Given
        Tensor mean = tensor(slabs, Shape.of(2, 1, 2), 3, -4, 0, 8);
        Tensor std = tensor(slabs, Shape.of(2, 1, 2), 1.5f, 2, 2, 0);

        // When
        double[] scores = EnsembleSpread.ofEachCase(mean, std);

        // Then
        assertThat(scores).containsExactly(0.5, 0.25);
        mean.close();
        std.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "NaN, 1", "1, NaN", "Infinity, 1", "-Infinity, NaN", "1, Infinity"})
    void hasNoScoreWhereTheMeanIsZeroOrSomethingIsNotFinite(float meanOfOnePoint, float stdOfOnePoint) {
        // Given
        Tensor mean = tensor(slabs, Shape.of(1, 1, 2), 0, meanOfOnePoint);
        Tensor std = tensor(slabs, Shape.of(1, 1, 2), 0, stdOfOnePoint);

        // When
        double[] scores = EnsembleSpread.ofEachCase(mean, std);

        // Then
        assertThat(scores).containsExactly(Double.NaN);
        mean.close();
        std.close();
    }

    @Test
    void squaresTheLargestFloatsWithoutOverflow() {
        // Given
        Tensor mean = tensor(slabs, Shape.of(1, 1, 2), Float.MAX_VALUE);
        Tensor std = tensor(slabs, Shape.of(1, 1, 2), Float.MAX_VALUE / 2);

        // When
        double[] scores = EnsembleSpread.ofEachCase(mean, std);

        // Then
        assertThat(scores).containsExactly(0.5);
        mean.close();
        std.close();
    }

    @ParameterizedTest(name = "{0} has rank {1} of 5")
    @CsvSource({"0.5, 5", "1, 5", "1.5, 4", "2, 4", "2.5, 2", "3, 2", "3.5, 1", "Infinity, 1", "NaN, 1"})
    void pValueCountsTheCalibrationScoresAtLeastAsLarge(double score, int rank) {
        // Given
        List<Double> calibration = List.of(1.0, 2.0, 2.0, 3.0);

        // When
        double pValue = EnsembleSpread.pValue(score, calibration);

        // Then
        assertThat(pValue).isEqualTo(rank / 5.0);
    }

    @Test
    void pValueSaysNothingWithoutCalibration() {
        // When
        double pValue = EnsembleSpread.pValue(7, List.of());

        // Then
        assertThat(pValue).isOne();
    }

    /**
     * If six scores are exchangeable, each of them is equally likely to be the new one. So for each of the 3^6 multisets
     * of scores, with and without ties, at most k of the six choices may give a p-value of k / 6 or less.
     */
    @Test
    void pValueIsAtMostTWithProbabilityAtMostT() {
        for (List<Double> scores : allLists(6, 3)) {
            // When
            List<Double> pValues = pValuesOfEachAsTheNewOne(scores);

            // Then
            for (int k = 1; k <= 6; k++) {
                double t = k / 6.0;
                assertThat(pValues.stream().filter(pValue -> pValue <= t))
                        .as("p-values of %s up to %s", scores, t)
                        .hasSizeLessThanOrEqualTo(k);
            }
        }
    }

    @Test
    void pValueIsUniformWithoutTies() {
        // Given
        List<Double> scores = List.of(0.5, 0.25, 4.0, 1.0, 2.0);

        // When
        List<Double> pValues = pValuesOfEachAsTheNewOne(scores);

        // Then
        assertThat(pValues).containsExactlyInAnyOrder(1 / 5.0, 2 / 5.0, 3 / 5.0, 4 / 5.0, 1.0);
    }

    private static List<Double> pValuesOfEachAsTheNewOne(List<Double> scores) {
        List<Double> pValues = new ArrayList<>();
        for (int i = 0; i < scores.size(); i++) {
            List<Double> calibration = new ArrayList<>(scores);
            double score = calibration.remove(i);
            calibration.sort(null);
            pValues.add(EnsembleSpread.pValue(score, calibration));
        }
        return pValues;
    }

    /** Every list of the given length of the scores 0, 1, ... */
    private static List<List<Double>> allLists(int length, int scores) {
        List<List<Double>> lists = new ArrayList<>(List.of(List.of()));
        for (int i = 0; i < length; i++) {
            List<List<Double>> longer = new ArrayList<>();
            for (List<Double> list : lists) {
                for (int score = 0; score < scores; score++) {
                    List<Double> extended = new ArrayList<>(list);
                    extended.add((double) score);
                    longer.add(extended);
                }
            }
            lists = longer;
        }
        return lists;
    }
}
