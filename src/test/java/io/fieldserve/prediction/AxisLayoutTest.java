package io.fieldserve.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AxisLayoutTest {
    /** One channel on [y, x]. */
    private static final Field PRESSURE =
            ManifestFixture.affine().manifest().outputs().getFirst();

    /** Two channels on [x]. */
    private static final Field VELOCITY =
            ManifestFixture.pair().manifest().outputs().getFirst();

    /** One channel, no axes. */
    private static final Field ENERGY =
            ManifestFixture.pair().manifest().outputs().getLast();

    @ParameterizedTest
    @CsvSource({"2, false, false", "3, true, false", "4, true, true"})
    void oneChannelMayBeLeftOut(int rank, boolean batch, boolean channel) {
        // When
        AxisLayout layout = AxisLayout.of(PRESSURE, rank);

        // Then
        assertThat(layout).isEqualTo(new AxisLayout(batch, channel));
    }

    @ParameterizedTest
    @CsvSource({"2, false, true", "3, true, true"})
    void severalChannelsMayNot(int rank, boolean batch, boolean channel) {
        // When
        AxisLayout layout = AxisLayout.of(VELOCITY, rank);

        // Then
        assertThat(layout).isEqualTo(new AxisLayout(batch, channel));
    }

    @ParameterizedTest
    @CsvSource({"0, false, false", "1, true, false", "2, true, true"})
    void aFieldWithoutAxesMayBeASingleNumber(int rank, boolean batch, boolean channel) {
        // When
        AxisLayout layout = AxisLayout.of(ENERGY, rank);

        // Then
        assertThat(layout).isEqualTo(new AxisLayout(batch, channel));
    }

    @ParameterizedTest(name = "batch {1}, channel {2}: {3} as {4}")
    @MethodSource("shownLayouts")
    void whatComesOutIsShownAsItWasWrittenIn(
            Field output, boolean batch, boolean channel, Shape full, Shape shown, List<String> axes) {
        // Given
        AxisLayout layout = new AxisLayout(batch, channel);

        // When
        Shape shape = layout.shown(output, full);

        // Then
        assertThat(shape).isEqualTo(shown);
        assertThat(layout.axes(output)).isEqualTo(axes);
    }

    static Stream<Arguments> shownLayouts() {
        Shape pressure = Shape.of(1, 1, 2, 3);
        Shape velocity = Shape.of(1, 2, 5);
        Shape energy = Shape.of(1, 1);
        return Stream.of(
                arguments(PRESSURE, false, false, pressure, Shape.of(2, 3), List.of("y", "x")),
                arguments(PRESSURE, true, false, pressure, Shape.of(1, 2, 3), List.of("batch", "y", "x")),
                arguments(PRESSURE, false, true, pressure, Shape.of(1, 2, 3), List.of("channel", "y", "x")),
                arguments(PRESSURE, true, true, pressure, pressure, List.of("batch", "channel", "y", "x")),
                arguments(VELOCITY, false, false, velocity, Shape.of(2, 5), List.of("channel", "x")),
                arguments(VELOCITY, true, false, velocity, velocity, List.of("batch", "channel", "x")),
                arguments(VELOCITY, false, true, velocity, Shape.of(2, 5), List.of("channel", "x")),
                arguments(VELOCITY, true, true, velocity, velocity, List.of("batch", "channel", "x")),
                arguments(ENERGY, false, false, energy, Shape.of(), List.of()),
                arguments(ENERGY, true, false, energy, Shape.of(1), List.of("batch")));
    }
}
