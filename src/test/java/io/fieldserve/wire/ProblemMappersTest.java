package io.fieldserve.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemMappersTest {

    @ParameterizedTest
    @CsvSource({"PT0S, 1", "PT0.2S, 1", "PT1S, 1", "PT1.001S, 2", "PT99.5S, 100", "PT100S, 100"})
    void retryAfterIsNeverTooSoonAndLessThanASecondTooLate(Duration wait, long expected) {
        // When
        long seconds = ProblemMappers.wholeSeconds(wait);

        // Then
        assertThat(seconds).isEqualTo(expected);
    }
}
