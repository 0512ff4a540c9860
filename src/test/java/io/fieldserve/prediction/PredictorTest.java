package io.fieldserve.prediction;

import static io.fieldserve.prediction.Quantity.LOWER;
import static io.fieldserve.prediction.Quantity.MEAN;
import static io.fieldserve.prediction.Quantity.MEMBERS;
import static io.fieldserve.prediction.Quantity.STD;
import static io.fieldserve.prediction.Quantity.UPPER;
import static io.fieldserve.surrogate.FieldArrays.UNPOOLED;
import static io.fieldserve.surrogate.FieldArrays.numbers;
import static io.fieldserve.surrogate.FieldArrays.tensor;
import static io.fieldserve.surrogate.Guarantee.POINTWISE;
import static io.fieldserve.surrogate.Guarantee.SIMULTANEOUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.fieldserve.prediction.Prediction.FieldPrediction;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictorTest {
    private static final Shape CALIBRATED = Shape.of(1, 1, 2, 3);

    /** On the calibrated grid: mean 2 a + 1 is 1, 2, 3, 5, 7, 9 and std |a - 0.5| is 0.5, 0, 0.5, 1.5, 2.5, 3.5. */
    private static final Map<String, Tensor> PERMEABILITY =
            Map.of("permeability", tensor(UNPOOLED, CALIBRATED, 0, 0.5f, 1, 2, 3, 4));

    private final PredictionBench bench = new PredictionBench();

    @AfterEach
    void allMemoryIsBack() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesMomentsAndIntervalWhateverTheLayout(boolean oneGraph) {
        // Given
        SurrogateVersion version = bench.open(affine(oneGraph));

        // When
        Prediction prediction = bench.predict(version, PERMEABILITY, PredictionOptions.defaults());

        // Then the interval reaches 2 (std + 0.25) to both sides
        FieldPrediction pressure = prediction.fields().getFirst();
        assertThat(pressure.field().name()).isEqualTo("pressure");
        assertThat(pressure.arrays()).containsOnlyKeys(MEAN, STD, LOWER, UPPER);
        assertThat(pressure.arrays().values()).allMatch(array -> array.shape().equals(CALIBRATED));
        assertArray(pressure, MEAN, 1, 2, 3, 5, 7, 9);
        assertArray(pressure, STD, 0.5f, 0, 0.5f, 1.5f, 2.5f, 3.5f);
        assertArray(pressure, LOWER, -0.5f, 1.5f, 1.5f, 1.5f, 1.5f, 1.5f);
        assertArray(pressure, UPPER, 2.5f, 2.5f, 4.5f, 8.5f, 12.5f, 16.5f);
        assertThat(pressure.interval()).contains(new IntervalStatement(0.9, POINTWISE, 0.91, 150, List.of(2, 3)));
        prediction.close();
    }

    @Test
    void widensTheIntervalWithLevelAndGuarantee() {
        // Given
        SurrogateVersion version = bench.open(ManifestFixture.affine());
        PredictionOptions options = new PredictionOptions(0.9, SIMULTANEOUS, OptionalInt.empty(), Set.of(LOWER));

        // When
        Prediction prediction = bench.predict(version, PERMEABILITY, options);

        // Then it reaches 4 (std + 0.25)
        FieldPrediction pressure = prediction.fields().getFirst();
        assertThat(pressure.arrays()).containsOnlyKeys(LOWER);
        assertArray(pressure, LOWER, -2, 1, 0, -2, -4, -6);
        assertThat(pressure.interval()).contains(new IntervalStatement(0.9, SIMULTANEOUS, 0.89, 150, List.of(2, 3)));
        prediction.close();
    }

    @Test
    void givesNoIntervalByDefaultOnAGridThatWasNotCalibrated() {
        // Given
        SurrogateVersion version = bench.open(ManifestFixture.affine());
        Map<String, Tensor> inputs = Map.of("permeability", tensor(UNPOOLED, Shape.of(2, 1, 2, 2), 1));

        // When
        Prediction prediction = bench.predict(version, inputs, PredictionOptions.defaults());

        // Then
        FieldPrediction pressure = prediction.fields().getFirst();
        assertThat(pressure.arrays()).containsOnlyKeys(MEAN, STD);
        assertArray(pressure, MEAN, 3, 3, 3, 3, 3, 3, 3, 3);
        assertThat(pressure.interval()).isEmpty();
        prediction.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesTheMomentsOfTheMembersAskedFor(boolean oneGraph) {
        // Given
        SurrogateVersion version = bench.open(affine(oneGraph));
        PredictionOptions options = new PredictionOptions(0.9, POINTWISE, OptionalInt.of(2), Set.of());

        // When
        Prediction prediction = bench.predict(version, PERMEABILITY, options);

        // Then the members a + 1.5 and 2 a + 1 have mean 1.5 a + 1.25 and std |a - 0.5| / sqrt(2)
        FieldPrediction pressure = prediction.fields().getFirst();
        assertThat(pressure.arrays()).containsOnlyKeys(MEAN, STD);
        assertArray(pressure, MEAN, 1.25f, 2, 2.75f, 4.25f, 5.75f, 7.25f);
        assertThat(numbers(pressure.arrays().get(STD)))
                .containsExactly(new float[] {0.35355f, 0, 0.35355f, 1.06066f, 1.76777f, 2.47487f}, within(1e-5f));
        prediction.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesEachMember(boolean oneGraph) {
        // Given
        SurrogateVersion version = bench.open(affine(oneGraph));
        PredictionOptions options = new PredictionOptions(0.9, POINTWISE, OptionalInt.empty(), Set.of(MEMBERS, STD));

        // When
        Prediction prediction = bench.predict(version, PERMEABILITY, options);

        // Then
        FieldPrediction pressure = prediction.fields().getFirst();
        assertThat(pressure.arrays()).containsOnlyKeys(MEMBERS, STD);
        assertThat(pressure.arrays().get(MEMBERS).shape()).isEqualTo(Shape.of(3, 1, 1, 2, 3));
        assertArray(
                pressure, MEMBERS, 1.5f, 2, 2.5f, 3.5f, 4.5f, 5.5f, // a + 1.5
                1, 2, 3, 5, 7, 9, // 2 a + 1
                0.5f, 2, 3.5f, 6.5f, 9.5f, 12.5f); // 3 a + 0.5
        prediction.close();
    }

    @Test
    void givesTheOneMemberAskedForNoStd() {
        // Given
        SurrogateVersion version = bench.open(ManifestFixture.affine());
        PredictionOptions options = new PredictionOptions(0.9, POINTWISE, OptionalInt.of(1), Set.of());

        // When
        Prediction prediction = bench.predict(version, PERMEABILITY, options);

        // Then
        FieldPrediction pressure = prediction.fields().getFirst();
        assertThat(pressure.arrays()).containsOnlyKeys(MEAN);
        assertArray(pressure, MEAN, 1.5f, 2, 2.5f, 3.5f, 4.5f, 5.5f);
        prediction.close();
    }

    @Test
    void answersForEveryOutputFieldInTheOrderOfTheManifest() {
        // Given
        SurrogateVersion version = bench.open(ManifestFixture.pair());
        Map<String, Tensor> inputs = Map.of(
                "forcing", tensor(UNPOOLED, Shape.of(1, 2, 2), 1, 2, 3, 4),
                "viscosity", tensor(UNPOOLED, Shape.of(1, 1), 0.5f));

        // When
        Prediction prediction = bench.predict(version, inputs, PredictionOptions.defaults());

        // Then
        assertThat(prediction.fields())
                .extracting(field -> field.field().name())
                .containsExactly("velocity", "energy");
        assertArray(prediction.fields().getFirst(), MEAN, 1, 2, 3, 4);
        assertArray(prediction.fields().getFirst(), STD, 0.5f, 1, 1.5f, 2);
        assertArray(prediction.fields().getLast(), MEAN, 60);
        assertArray(prediction.fields().getLast(), STD, 30);
        prediction.close();
    }

    @Test
    void leavesTheInputsToTheCaller() {
        // Given
        SurrogateVersion version = bench.open(ManifestFixture.affine());
        Tensor permeability = tensor(bench.slabs(), CALIBRATED, 1);
        Prediction prediction =
                bench.predict(version, Map.of("permeability", permeability), PredictionOptions.defaults());

        // When
        prediction.close();

        // Then
        assertThat(numbers(permeability)).containsOnly(1);
        permeability.close();
    }

    @Test
    void refusesOptionsThatCannotBeMetBeforeAnythingRuns() {
        // Given
        SurrogateVersion version =
                bench.open(ManifestFixture.affine().inGraphs("affine-0.onnx", "fails.onnx", "affine-2.onnx"));
        PredictionOptions options = new PredictionOptions(0.9, POINTWISE, OptionalInt.of(4), Set.of());

        // When
        Failure failure = refusal(version, PERMEABILITY, options);

        // Then
        assertThat(failure).isEqualTo(new Failure.InvalidParameter("members", "1 to 3", "4"));
    }

    @Test
    void refusesFieldsOfDifferentBatchSizes() {
        // Given
        SurrogateVersion version = bench.open(ManifestFixture.pair());
        Map<String, Tensor> inputs = Map.of(
                "forcing", tensor(UNPOOLED, Shape.of(2, 2, 4), 1),
                "viscosity", tensor(UNPOOLED, Shape.of(3, 1), 1));

        // When
        Failure failure = refusal(version, inputs, PredictionOptions.defaults());

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.InvalidInput("viscosity", "a batch of 2 as in 'forcing'", "shape [3, 1]"));
    }

    @Test
    void refusesFieldsOnDifferentGrids() {
        // Given a manifest with two fields on a grid; it is refused before the graph can object
        SurrogateVersion opened = bench.open(ManifestFixture.pair());
        SurrogateVersion version = new SurrogateVersion(
                ManifestFixture.pair().with("/inputs/1/axes", List.of("x")).manifest(),
                opened.ensemble(),
                opened.folder());
        Map<String, Tensor> inputs = Map.of(
                "forcing", tensor(UNPOOLED, Shape.of(2, 2, 4), 1),
                "viscosity", tensor(UNPOOLED, Shape.of(2, 1, 5), 1));

        // When
        Failure failure = refusal(version, inputs, PredictionOptions.defaults());

        // Then
        assertThat(failure).isEqualTo(new Failure.InvalidInput("viscosity", "the grid [4]", "shape [2, 1, 5]"));
    }

    @Test
    void leavesNothingBehindWhenAMemberFails() {
        // Given
        SurrogateVersion version =
                bench.open(ManifestFixture.affine().inGraphs("affine-0.onnx", "fails.onnx", "affine-2.onnx"));

        // When, Then
        assertThatThrownBy(() -> bench.predict(version, PERMEABILITY, PredictionOptions.defaults()))
                .isInstanceOf(EnsembleException.class)
                .hasMessageContaining("Reshape");
        assertThat(bench.slabs().outstandingSlabs()).isZero();
    }

    /** The moments, and then the two ends of the interval, are the allocations after those of the ensemble. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void leavesNothingBehindWhereverMemoryRunsOut(int allocations) {
        // Given
        SurrogateVersion version = bench.open(ManifestFixture.affine());
        PredictionRequest request =
                new PredictionRequest(PERMEABILITY, new AxisLayout(true, true), PredictionOptions.defaults());
        try (Engine engine = new Engine(new ScarceMemory(bench.slabs(), allocations))) {

            // When, Then
            assertThatThrownBy(() -> engine.predictor().predict(version, request))
                    .isInstanceOf(OutOfMemoryError.class);
        }
        assertThat(bench.slabs().outstandingSlabs()).isZero();
    }

    private static ManifestFixture affine(boolean oneGraph) {
        ManifestFixture affine = ManifestFixture.affine();
        return oneGraph ? affine.inOneGraph("affine-moments.onnx") : affine;
    }

    private Failure refusal(SurrogateVersion version, Map<String, Tensor> inputs, PredictionOptions options) {
        return catchThrowableOfType(FailureException.class, () -> bench.predict(version, inputs, options))
                .failure();
    }

    private static void assertArray(FieldPrediction field, Quantity quantity, float... expected) {
        assertThat(numbers(field.arrays().get(quantity))).containsExactly(expected);
    }
}
