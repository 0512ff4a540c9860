package io.fieldserve.openinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.batching.Priority;
import io.fieldserve.batching.Urgency;
import io.fieldserve.openinference.InferQuery.RequestedOutput;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.PredictionOptions;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.surrogate.Guarantee;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.surrogate.PlainModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query asks for, in the words of the native API. */
class InferQueryTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Manifest affine = ManifestFixture.affine().manifest();

    @Test
    void wantsMeanAndStdOfEveryFieldUnlessItSaysMore() {
        // When
        List<ModelOutput> wanted = query(Map.of()).wanted(ManifestFixture.pair().manifest());

        // Then
        assertThat(wanted)
                .extracting(ModelOutput::name)
                .containsExactly("velocity", "velocity.std", "energy", "energy.std");
    }

    @Test
    void wantsNoStdOfASingleMember() {
        // When
        List<ModelOutput> wanted = query(Map.of("members", 1L)).wanted(affine);

        // Then
        assertThat(wanted).extracting(ModelOutput::name).containsExactly("pressure");
    }

    @Test
    void wantsNoStdOfAPlainModel() {
        // Given
        Manifest plain = PlainModel.manifest(
                "plain",
                1,
                List.of(PlainModel.field("input 'x'", "x", List.of(-1, 3), List.of())),
                List.of(PlainModel.field("output 'y'", "y", List.of(-1, 2), List.of())));

        // When
        List<ModelOutput> wanted = query(Map.of()).wanted(plain);

        // Then
        assertThat(wanted).extracting(ModelOutput::name).containsExactly("y");
    }

    @Test
    void wantsWhatIsNamedInThatOrder() {
        // When
        List<ModelOutput> wanted = query(Map.of(), "pressure.upper", "pressure.members", "pressure")
                .wanted(affine);

        // Then
        assertThat(wanted)
                .extracting(ModelOutput::quantity)
                .containsExactly(Quantity.UPPER, Quantity.MEMBERS, Quantity.MEAN);
    }

    @Test
    void refusesAnOutputTwice() {
        // When
        FailureException refused = catchThrowableOfType(
                FailureException.class,
                () -> query(Map.of(), "pressure", "pressure").wanted(affine));

        // Then
        assertThat(refused.failure())
                .isEqualTo(new Failure.InvalidParameter("outputs", "each output once", "one of them twice"));
    }

    @Test
    void refusesClasses() {
        // Given
        RequestedOutput output = new RequestedOutput("pressure", new Parameters(Map.of("classification", 3L)));
        InferQuery query = new InferQuery(Optional.empty(), Parameters.NONE, List.of(output));

        // When
        FailureException refused = catchThrowableOfType(FailureException.class, () -> query.wanted(affine));

        // Then
        assertThat(refused.failure())
                .isEqualTo(new Failure.InvalidParameter(
                        "classification", "none, as outputs are fields and not classes", "3"));
    }

    @Test
    void refusesSharedMemory() {
        // Given
        Parameters region = new Parameters(Map.of("shared_memory_region", "r", "shared_memory_byte_size", 4L));
        InferQuery query =
                new InferQuery(Optional.empty(), Parameters.NONE, List.of(new RequestedOutput("pressure", region)));

        // When
        FailureException refused = catchThrowableOfType(FailureException.class, () -> query.wanted(affine));

        // Then
        assertThat(refused.failure())
                .isEqualTo(new Failure.InvalidParameter(
                        "shared_memory_region", "none, as shared memory is not offered", "r"));
    }

    @Test
    void asksForTheUsualUnlessItSaysMore() {
        // Given
        InferQuery query = query(Map.of());

        // When
        PredictionOptions options = query.options(query.wanted(affine));

        // Then
        assertThat(options)
                .isEqualTo(new PredictionOptions(
                        0.9, Guarantee.POINTWISE, OptionalInt.empty(), Set.of(Quantity.MEAN, Quantity.STD)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simultaneous", "SIMULTANEOUS"})
    void asksForWhatItSays(String guarantee) {
        // Given
        InferQuery query = query(Map.of("level", 0.95, "guarantee", guarantee, "members", 2L), "pressure.lower");

        // When
        PredictionOptions options = query.options(query.wanted(affine));

        // Then
        assertThat(options)
                .isEqualTo(
                        new PredictionOptions(0.95, Guarantee.SIMULTANEOUS, OptionalInt.of(2), Set.of(Quantity.LOWER)));
    }

    @Test
    void takesAWholeNumberForALevel() {
        // When
        PredictionOptions options = query(Map.of("level", 1L)).options(List.of());

        // Then
        assertThat(options.level()).isEqualTo(1);
    }

    @Test
    void refusesAnotherGuarantee() {
        // Given
        InferQuery query = query(Map.of("guarantee", "perhaps"));

        // When
        FailureException refused = catchThrowableOfType(FailureException.class, () -> query.options(List.of()));

        // Then
        assertThat(refused.failure())
                .isEqualTo(new Failure.InvalidParameter("guarantee", "pointwise or simultaneous", "perhaps"));
    }

    @ParameterizedTest
    @CsvSource({"0, NORMAL", "1, HIGH", "2, NORMAL", "3, LOW", "9223372036854775807, LOW"})
    void goesByItsPriority(long level, Priority expected) {
        // When
        Urgency urgency = query(Map.of("priority", level)).urgency(LONGEST);

        // Then
        assertThat(urgency.priority()).isEqualTo(expected);
    }

    @Test
    void isOfNormalPriorityUnlessItSaysMore() {
        // When
        Urgency urgency = query(Map.of()).urgency(LONGEST);

        // Then
        assertThat(urgency.priority()).isEqualTo(Priority.NORMAL);
        assertThat(urgency.deadline().time()).isEqualTo(LONGEST);
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT30S",
        "1, PT0.000001S",
        "2500000, PT2.5S",
        "30000000, PT30S",
        "30000001, PT30S",
        "9223372036854775807, PT30S"
    })
    void waitsSoManyMicrosecondsAndNoLongerThanAllowed(long timeout, Duration expected) {
        // When
        Urgency urgency = query(Map.of("timeout", timeout)).urgency(LONGEST);

        // Then
        assertThat(urgency.deadline().time()).isEqualTo(expected);
        assertThat(urgency.deadline().nanos() - System.nanoTime()).isLessThanOrEqualTo(expected.toNanos());
    }

    private static InferQuery query(Map<String, Object> parameters, String... outputs) {
        return new InferQuery(
                Optional.empty(),
                new Parameters(parameters),
                Stream.of(outputs)
                        .map(name -> new RequestedOutput(name, Parameters.NONE))
                        .toList());
    }
}
