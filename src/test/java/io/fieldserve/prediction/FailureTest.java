package io.fieldserve.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {

    @ParameterizedTest(name = "{1}")
    @MethodSource("failures")
    void saysWhatWasExpectedAndWhatCame(Failure failure, String detail) {
        // When
        FailureException exception = failure.asException();

        // Then
        assertThat(exception).hasMessage(detail);
        assertThat(exception.failure()).isEqualTo(failure);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(
                        new Failure.MalformedBody("permeability", "a number", "'x'"),
                        "Field 'permeability' is malformed: expected a number, got 'x'."),
                arguments(
                        new Failure.MalformedBody("", "JSON", "nothing"),
                        "The body is malformed: expected JSON, got nothing."),
                arguments(
                        new Failure.InvalidParameter("level", "one of 0.9", "0.5"),
                        "Parameter 'level' is invalid: expected one of 0.9, got 0.5."),
                arguments(
                        new Failure.InvalidInput("permeability", "axes [y, x]", "shape [3]"),
                        "Field 'permeability' does not fit this surrogate: expected axes [y, x], got shape [3]."),
                arguments(
                        new Failure.TooLarge("permeability", "a batch of at most 4", "shape [5, 2, 3]"),
                        "Field 'permeability' is too large: expected a batch of at most 4, got shape [5, 2, 3]."),
                arguments(
                        new Failure.UnknownSurrogate("darcy", List.of("affine", "pair")),
                        "There is no surrogate 'darcy': expected one of affine, pair."),
                arguments(
                        new Failure.UnknownSurrogate("darcy", List.of()),
                        "There is no surrogate 'darcy': expected one that is served, of which there are none."),
                arguments(
                        new Failure.UnknownVersion("affine", "7", List.of(1, 10)),
                        "Surrogate 'affine' has no version '7': expected one of 1, 10."),
                arguments(new Failure.NoExamples("pair", 2), "Version 2 of surrogate 'pair' ships no examples."),
                arguments(
                        new Failure.Overloaded(Duration.ofSeconds(2)),
                        "The service is at its limit: try again in 2 s."),
                arguments(new Failure.DeadlineExceeded(Duration.ofMillis(1500)), "The deadline passed after 1500 ms."),
                arguments(new Failure.DeadlineExceeded(Duration.ofNanos(1999)), "The deadline passed after 1 us."),
                arguments(
                        new Failure.NotAllowed("Loading", "control=true"),
                        "Loading is not allowed here: it takes control=true."),
                arguments(new Failure.Unavailable("it is draining"), "The service cannot answer now: it is draining."),
                arguments(new Failure.Internal("7f3a"), "The service failed. The incident is logged as 7f3a."));
    }

    @Test
    void costsNoStackTrace() {
        // When
        FailureException exception = new Failure.Internal("7f3a").asException();

        // Then
        assertThat(exception.getStackTrace()).isEmpty();
    }
}
