package io.fieldserve.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.tensor.Shape;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InputRulesTest {
    private static final RequestLimits LIMITS = new RequestLimits(4, 1000, Duration.ofSeconds(1));

    /** One field of one channel, 2 to 16 by 2 to 32 points. */
    private static final InputRules AFFINE =
            new InputRules(ManifestFixture.affine().manifest(), LIMITS);

    /** A field of two channels, 2 to 8 points, and a number. */
    private static final InputRules PAIR = new InputRules(ManifestFixture.pair().manifest(), LIMITS);

    @ParameterizedTest(name = "{1} {2} as {3}")
    @MethodSource("layouts")
    void takesEveryLayout(InputRules rules, String field, Shape announced, Shape full) {
        // When
        Shape admitted = rules.admit(field, announced);

        // Then
        assertThat(admitted).isEqualTo(full);
    }

    static Stream<Arguments> layouts() {
        return Stream.of(
                arguments(AFFINE, "permeability", Shape.of(2, 3), Shape.of(1, 1, 2, 3)),
                arguments(AFFINE, "permeability", Shape.of(4, 2, 3), Shape.of(4, 1, 2, 3)),
                arguments(AFFINE, "permeability", Shape.of(4, 1, 2, 3), Shape.of(4, 1, 2, 3)),
                arguments(AFFINE, "permeability", Shape.of(16, 32), Shape.of(1, 1, 16, 32)),
                arguments(PAIR, "forcing", Shape.of(2, 5), Shape.of(1, 2, 5)),
                arguments(PAIR, "forcing", Shape.of(4, 2, 5), Shape.of(4, 2, 5)),
                arguments(PAIR, "viscosity", Shape.of(), Shape.of(1, 1)),
                arguments(PAIR, "viscosity", Shape.of(4), Shape.of(4, 1)),
                arguments(PAIR, "viscosity", Shape.of(4, 1), Shape.of(4, 1)));
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("misfits")
    void refusesWhatDoesNotFit(InputRules rules, String field, Shape announced, String expected) {
        // When
        Failure failure = refusal(rules, field, announced);

        // Then
        assertThat(failure).isEqualTo(new Failure.InvalidInput(field, expected, "shape " + announced));
    }

    static Stream<Arguments> misfits() {
        String affine = "axes [y, x], [batch, y, x] or [batch, 1, y, x]";
        String forcing = "axes [2, x] or [batch, 2, x]";
        return Stream.of(
                arguments(AFFINE, "permeability", Shape.of(), affine),
                arguments(AFFINE, "permeability", Shape.of(3), affine),
                arguments(AFFINE, "permeability", Shape.of(1, 1, 1, 2, 3), affine),
                arguments(AFFINE, "permeability", Shape.of(1, 2, 2, 3), "1 channels in " + affine),
                arguments(AFFINE, "permeability", Shape.of(1, 0, 2, 3), "1 channels in " + affine),
                arguments(AFFINE, "permeability", Shape.of(1, 3), "2 to 16 points along y"),
                arguments(AFFINE, "permeability", Shape.of(0, 3), "2 to 16 points along y"),
                arguments(AFFINE, "permeability", Shape.of(1, 1, 2, 1), "2 to 32 points along x"),
                arguments(AFFINE, "permeability", Shape.of(0, 2, 3), "at least one case in the batch"),
                arguments(AFFINE, "permeability", Shape.of(0, 1, 2, 3), "at least one case in the batch"),
                arguments(PAIR, "forcing", Shape.of(5), forcing),
                arguments(PAIR, "forcing", Shape.of(3, 5), "2 channels in " + forcing),
                arguments(PAIR, "forcing", Shape.of(1, 1, 5), "2 channels in " + forcing),
                arguments(PAIR, "forcing", Shape.of(1, 1, 2, 5), forcing),
                arguments(PAIR, "viscosity", Shape.of(1, 1, 1), "axes [], [batch] or [batch, 1]"),
                arguments(PAIR, "viscosity", Shape.of(1, 2), "1 channels in axes [], [batch] or [batch, 1]"),
                // Without its zero, this shape has more elements than 63 bits can count.
                arguments(AFFINE, "permeability", Shape.of(0, 1L << 40, 1L << 40), "at least one case in the batch"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("excesses")
    void refusesWhatIsTooLarge(InputRules rules, Shape announced, String expected) {
        // When
        Failure failure = refusal(rules, "permeability", announced);

        // Then
        assertThat(failure).isEqualTo(new Failure.TooLarge("permeability", expected, "shape " + announced));
    }

    static Stream<Arguments> excesses() {
        InputRules boundless = new InputRules(
                ManifestFixture.affine()
                        .with("/grid/maximum", List.of(Integer.MAX_VALUE, Integer.MAX_VALUE))
                        .manifest(),
                new RequestLimits(Integer.MAX_VALUE, 1L << 62, Duration.ofSeconds(1)));
        return Stream.of(
                arguments(AFFINE, Shape.of(17, 3), "2 to 16 points along y"),
                arguments(AFFINE, Shape.of(2, 33), "2 to 32 points along x"),
                arguments(AFFINE, Shape.of(2, Long.MAX_VALUE / 2), "2 to 32 points along x"),
                arguments(AFFINE, Shape.of(5, 2, 3), "a batch of at most 4"),
                arguments(AFFINE, Shape.of(1L << 60, 1, 2, 3), "a batch of at most 4"),
                arguments(AFFINE, Shape.of(2, 16, 32), "at most 1000 points in all"),
                // 2^63 - 2^33 + 2 points
                arguments(
                        boundless,
                        Shape.of(2, Integer.MAX_VALUE, Integer.MAX_VALUE),
                        "at most 4611686018427387904 points in all"));
    }

    @Test
    void refusesAFieldItDoesNotKnow() {
        // When
        Failure failure = refusal(PAIR, "speed", Shape.of(2, 3));

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.InvalidInput(
                        "speed", "one of the fields [forcing, viscosity]", "an unknown field"));
    }

    @Test
    void tellsADecoderWhatToExpect() {
        // When
        List<String> names = PAIR.fieldNames();

        // Then
        assertThat(names).containsExactly("forcing", "viscosity");
        assertThat(PAIR.maximumRank("forcing")).isEqualTo(3);
        assertThat(PAIR.maximumRank("viscosity")).isEqualTo(2);
        assertThat(PAIR.maximumElements("forcing")).isEqualTo(2000);
        assertThat(PAIR.finiteOnly("forcing")).isTrue();
    }

    @Test
    void hasRoomForTheLargestLimits() {
        // Given
        InputRules rules = new InputRules(
                ManifestFixture.pair().manifest(),
                new RequestLimits(Integer.MAX_VALUE, Long.MAX_VALUE, Duration.ofSeconds(1)));

        // When
        long elements = rules.maximumElements("forcing");

        // Then
        assertThat(elements).isEqualTo(Long.MAX_VALUE);
    }

    private static Failure refusal(InputRules rules, String field, Shape announced) {
        return catchThrowableOfType(FailureException.class, () -> rules.admit(field, announced))
                .failure();
    }
}
