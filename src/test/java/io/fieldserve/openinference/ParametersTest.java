package io.fieldserve.openinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParametersTest {

    private static final Parameters PARAMETERS = new Parameters(
            Map.of("yes", true, "zero", 0L, "many", Long.MAX_VALUE, "less", -1L, "half", 0.5, "text", "x"));

    @Test
    void areWhatTheyWereGivenAs() {
        // When
        Parameters read = PARAMETERS;

        // Then
        assertThat(read.flag("yes", false)).isTrue();
        assertThat(read.count("zero")).hasValue(0);
        assertThat(read.count("many")).hasValue(Long.MAX_VALUE);
        assertThat(read.number("half")).hasValue(0.5);
        assertThat(read.number("less")).hasValue(-1.0);
        assertThat(read.text("text")).hasValue("x");
        assertThat(read.has("text")).isTrue();
    }

    @Test
    void areOptional() {
        // When
        Parameters none = Parameters.NONE;

        // Then
        assertThat(none.flag("yes", false)).isFalse();
        assertThat(none.flag("yes", true)).isTrue();
        assertThat(none.count("zero")).isEmpty();
        assertThat(none.number("half")).isEmpty();
        assertThat(none.text("text")).isEmpty();
        assertThat(none.has("text")).isFalse();
    }

    static Stream<Arguments> misread() {
        return Stream.of(
                misread("text", "true or false", "x", parameters -> parameters.flag("text", true)),
                misread("zero", "true or false", "0", parameters -> parameters.flag("zero", true)),
                misread("less", "a whole number, at least 0", "-1", parameters -> parameters.count("less")),
                misread("half", "a whole number, at least 0", "0.5", parameters -> parameters.count("half")),
                misread("text", "a whole number, at least 0", "x", parameters -> parameters.count("text")),
                misread("yes", "a number", "true", parameters -> parameters.number("yes")),
                misread("half", "a string", "0.5", parameters -> parameters.text("half")));
    }

    private static Arguments misread(
            String name, String expected, String actual, Function<Parameters, Object> reading) {
        return Arguments.of(new Failure.InvalidParameter(name, expected, actual), reading);
    }

    @ParameterizedTest
    @MethodSource("misread")
    void areNothingElse(Failure failure, Function<Parameters, Object> reading) {
        // When
        FailureException refused = catchThrowableOfType(FailureException.class, () -> reading.apply(PARAMETERS));

        // Then
        assertThat(refused.failure()).isEqualTo(failure);
    }
}
