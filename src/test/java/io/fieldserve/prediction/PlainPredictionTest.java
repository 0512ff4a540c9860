package io.fieldserve.prediction;

import static io.fieldserve.prediction.Quantity.MEAN;
import static io.fieldserve.prediction.Quantity.MEMBERS;
import static io.fieldserve.prediction.Quantity.STD;
import static io.fieldserve.surrogate.FieldArrays.UNPOOLED;
import static io.fieldserve.surrogate.FieldArrays.numbers;
import static io.fieldserve.surrogate.FieldArrays.tensor;
import static io.fieldserve.surrogate.Guarantee.POINTWISE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.prediction.Prediction.FieldPrediction;
import io.fieldserve.prediction.Trust.CaseTrust;
import io.fieldserve.prediction.Trust.Spread;
import io.fieldserve.repository.PlainFolder;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs without a manifest, under the names and on the grids of their own. */
class PlainPredictionTest {
    private static final Tensor FOUR_BY_FOUR =
            tensor(UNPOOLED, Shape.of(1, 1, 4, 4), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    private final PredictionBench bench = new PredictionBench();

    @TempDir
    Path root;

    @AfterEach
    void allMemoryIsBack() {
        bench.close();
    }

    @Test
    void theMeanIsTheOutputOfTheGraph() throws IOException {
        // Given
        SurrogateVersion version = open("dynamic");

        // When
        Prediction prediction = predict(version, Map.of("input.1", FOUR_BY_FOUR));

        // Then
        assertThat(prediction.fields()).hasSize(1);
        assertThat(prediction.fields().getFirst().field().name()).isEqualTo("x:0");
        assertThat(prediction.fields().getFirst().arrays()).containsOnlyKeys(MEAN);
        assertMean(prediction, 0, Shape.of(1, 1, 4, 4), 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
        prediction.close();
    }

    @Test
    void theOutputMayLieOnAnotherGrid() throws IOException {
        // Given
        SurrogateVersion version = open("downsamples");

        // When
        Prediction prediction = predict(version, Map.of("a", FOUR_BY_FOUR));

        // Then
        assertMean(prediction, 0, Shape.of(1, 2, 2, 2), 0, 2, 8, 10, 0, -2, -8, -10);
        prediction.close();
    }

    @Test
    void theOutputMayHaveNoAxesAndTheInputAFixedGrid() throws IOException {
        // Given
        SurrogateVersion version = open("scores");
        Tensor images = tensor(
                UNPOOLED,
                Shape.of(2, 3, 2, 2),
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                8,
                0,
                0,
                0,
                1, // sums to 10, 26 and 1
                9,
                9,
                9,
                9,
                -1,
                1,
                -2,
                2,
                100,
                0,
                0,
                1); // 36, 0 and 101

        // When
        Prediction prediction = predict(version, Map.of("image", images));

        // Then
        assertMean(prediction, 0, Shape.of(2, 3), 10, 26, 1, 36, 0, 101);
        prediction.close();
    }

    @Test
    void severalInputsAndOutputsKeepTheOrderOfTheGraph() throws IOException {
        // Given
        SurrogateVersion version = open("several");
        Map<String, Tensor> inputs = Map.of(
                "a", tensor(UNPOOLED, Shape.of(2, 1, 3), 1, 2, 3, 4, 5, 6),
                "b", tensor(UNPOOLED, Shape.of(2, 1, 3), 10, 20, 30, 40, 50, 60),
                "c", tensor(UNPOOLED, Shape.of(2, 2), 1, 2, 3, 4));

        // When
        Prediction prediction = predict(version, inputs);

        // Then
        assertThat(prediction.fields())
                .extracting(field -> field.field().name())
                .containsExactly("sum", "double");
        assertMean(prediction, 0, Shape.of(2, 1, 3), 11, 22, 33, 44, 55, 66);
        assertMean(prediction, 1, Shape.of(2, 2), 2, 4, 6, 8);
        prediction.close();
    }

    @Test
    void inputsMayLieOnGridsOfTheirOwn() throws IOException {
        // Given
        SurrogateVersion version = open("unnamed");
        Map<String, Tensor> inputs = Map.of(
                "x", tensor(UNPOOLED, Shape.of(1, 1, 3), 1, 2, 3),
                "y", tensor(UNPOOLED, Shape.of(1, 1, 2), 10, 20));

        // When
        Prediction prediction = predict(version, inputs);

        // Then
        assertMean(prediction, 0, Shape.of(1, 2), 6, 30);
        prediction.close();
    }

    @Test
    void aNumberACaseHasNoChannelsInTheGraph() throws IOException {
        // Given
        SurrogateVersion version = open("numbers");
        Map<String, Tensor> inputs = Map.of(
                "x", tensor(UNPOOLED, Shape.of(2, 1), 2, 3), "y", tensor(UNPOOLED, Shape.of(2, 1, 2), 1, 2, 3, 4));

        // When
        Prediction prediction = predict(version, inputs);

        // Then
        assertMean(prediction, 0, Shape.of(2, 1), 6, 21);
        prediction.close();
    }

    @Test
    void refusesAnAxisOfOneNameWithTwoLengths() throws IOException {
        // Given
        SurrogateVersion version = open("several");
        Map<String, Tensor> inputs = Map.of(
                "a", tensor(UNPOOLED, Shape.of(1, 1, 3), 1),
                "b", tensor(UNPOOLED, Shape.of(1, 1, 4), 1),
                "c", tensor(UNPOOLED, Shape.of(1, 2), 1));

        // When
        Failure failure = refusal(version, inputs, PredictionOptions.defaults());

        // Then
        assertThat(failure).isEqualTo(new Failure.InvalidInput("b", "3 points along every axis X", "shape [1, 1, 4]"));
    }

    @Test
    void saysThatNothingIsKnown() throws IOException {
        // Given
        SurrogateVersion version = open("dynamic");

        // When
        Prediction prediction = predict(version, Map.of("input.1", tensor(UNPOOLED, Shape.of(2, 1, 1, 2), 1, 2, 3, 4)));

        // Then
        CaseTrust unknown = new CaseTrust(
                false,
                List.of(
                        "the model came without a manifest: nothing is known of its training or calibration, and a single"
                                + " member has no spread"),
                Map.of("x:0", new Spread(Optional.empty(), Optional.empty())));
        assertThat(prediction.trust().trusted()).isFalse();
        assertThat(prediction.trust().cases()).containsExactly(unknown, unknown);
        prediction.close();
    }

    @Test
    void takesNaNAndSaysThatTheAnswerIsNotFinite() throws IOException {
        // Given
        SurrogateVersion version = open("dynamic");

        // When
        Prediction prediction =
                predict(version, Map.of("input.1", tensor(UNPOOLED, Shape.of(1, 1, 1, 2), Float.NaN, 2)));

        // Then
        assertMean(prediction, 0, Shape.of(1, 1, 1, 2), Float.NaN, 5);
        assertThat(prediction.trust().cases().getFirst().reasons())
                .contains("x:0 is zero everywhere or holds values that are not finite");
        assertThat(new InputRules(version.manifest(), new RequestLimits(1, 1, Duration.ofSeconds(1)))
                        .finiteOnly("input.1"))
                .isFalse();
        prediction.close();
    }

    @Test
    void itsOnlyMemberIsTheMean() throws IOException {
        // Given
        SurrogateVersion version = open("fixed");
        Map<String, Tensor> inputs = Map.of("x", tensor(UNPOOLED, Shape.of(1, 1, 2, 2), 1, 2, 3, 4));

        // When
        Prediction prediction = bench.predict(version, inputs, options(MEMBERS));

        // Then
        Tensor members = prediction.fields().getFirst().arrays().get(MEMBERS);
        assertThat(members.shape()).isEqualTo(Shape.of(1, 1, 1, 2, 2));
        assertThat(numbers(members)).containsExactly(3, 6, 9, 12);
        prediction.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"STD", "LOWER", "UPPER"})
    void hasNoUncertaintyToOffer(Quantity quantity) throws IOException {
        // Given
        SurrogateVersion version = open("dynamic");

        // When
        Failure failure = refusal(version, Map.of("input.1", FOUR_BY_FOUR), options(quantity));

        // Then
        assertThat(failure)
                .isEqualTo(
                        quantity == STD
                                ? new Failure.InvalidParameter(
                                        "outputs", "no std of a single member", "std with members=1")
                                : new Failure.InvalidParameter(
                                        "outputs", "no interval of what was not calibrated", "lower or upper"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "dynamic; input.1; 5,1,0,7; at least 1 points along H",
                "scores; image; 1,3,2,3; 2 points along axis1",
                "scores; image; 1,3,1,2; 2 points along axis0",
                "fixed; x; 2,1,2,2; a batch of 1, the only one that the graph takes"
            })
    void refusesWhatTheGraphDoesNotTake(String graph, String field, String shape, String expected) throws IOException {
        // Given
        InputRules rules = new InputRules(open(graph).manifest(), new RequestLimits(8, 1000, Duration.ofSeconds(1)));
        Shape announced = shape(shape);

        // When
        Failure failure = catchThrowableOfType(FailureException.class, () -> rules.admit(field, announced))
                .failure();

        // Then
        assertThat(failure.detail()).contains("expected " + expected + ", got shape " + announced);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "dynamic; input.1; 5,7; 1,1,5,7",
                "dynamic; input.1; 3,5,7; 3,1,5,7",
                "scores; image; 3,2,2; 1,3,2,2",
                "fixed; x; 2,2; 1,1,2,2",
                "several; c; 2; 1,2",
                "numbers; x; 3; 3,1"
            })
    void takesWhatItDoesInAnyLayout(String graph, String field, String shape, String full) throws IOException {
        // Given
        InputRules rules = new InputRules(open(graph).manifest(), new RequestLimits(8, 1000, Duration.ofSeconds(1)));

        // When
        Shape admitted = rules.admit(field, shape(shape));

        // Then
        assertThat(admitted).isEqualTo(shape(full));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void leavesNothingBehindWhenMemoryRunsOutForAnOutput(int allocations) throws IOException {
        // Given a graph of two outputs
        Path folder = PlainFolder.write(root, "model", "1", "several");
        SurrogateVersion version = bench.openPlain(folder, new ScarceMemory(bench.slabs(), allocations));
        Map<String, Tensor> inputs = Map.of(
                "a", tensor(UNPOOLED, Shape.of(1, 1, 3), 1),
                "b", tensor(UNPOOLED, Shape.of(1, 1, 3), 1),
                "c", tensor(UNPOOLED, Shape.of(1, 2), 1));

        // When, Then
        assertThatThrownBy(() -> predict(version, inputs)).isInstanceOf(OutOfMemoryError.class);
        assertThat(bench.slabs().outstandingSlabs()).isZero();
    }

    private SurrogateVersion open(String graph) throws IOException {
        return bench.openPlain(PlainFolder.write(root, "model", "1", graph));
    }

    private Prediction predict(SurrogateVersion version, Map<String, Tensor> inputs) {
        return bench.predict(version, inputs, PredictionOptions.defaults());
    }

    private Failure refusal(SurrogateVersion version, Map<String, Tensor> inputs, PredictionOptions options) {
        return catchThrowableOfType(FailureException.class, () -> bench.predict(version, inputs, options))
                .failure();
    }

    private static PredictionOptions options(Quantity quantity) {
        return new PredictionOptions(0.9, POINTWISE, OptionalInt.empty(), Set.of(quantity));
    }

    private static Shape shape(String dims) {
        return Shape.of(
                List.of(dims.split(",")).stream().mapToLong(Long::parseLong).toArray());
    }

    private static void assertMean(Prediction prediction, int output, Shape shape, float... expected) {
        FieldPrediction field = prediction.fields().get(output);
        assertThat(field.arrays().get(MEAN).shape()).isEqualTo(shape);
        assertThat(numbers(field.arrays().get(MEAN))).containsExactly(expected);
    }
}
