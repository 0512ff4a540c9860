package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a caller waits, and what goes first. */
@QuarkusTest
class UrgencyTest extends ServiceTest {

    private static final byte[] BODY = TestArrays.npy(TestArrays.permeability(64, 64));

    @Test
    void answersNothingOnceTheTimeIsOver() {
        // When: the time is over before the body can have been read
        HttpResponse<byte[]> response = post(PREDICT_DARCY + "?timeout=0.000000001", NPY, NPZ, BODY);

        // Then
        JsonNode problem = problem(response, 504);
        assertThat(problem.get("type").asText()).isEqualTo("urn:fieldserve:problem:deadline-exceeded");
        assertThat(problem.get("detail").asText()).startsWith("The deadline passed after ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout=30",
                "timeout=29.999999999",
                "timeout=20.50",
                "priority=high",
                "priority=normal",
                "priority=low",
                "priority=HIGH&timeout=20"
            })
    void answersInTime(String query) {
        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY + "?" + query, NPY, NPY, BODY);

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeout=0                  | timeout  | '0'",
                "timeout=0.0                | timeout  | '0.0'",
                "timeout=-1                 | timeout  | '-1'",
                "timeout=                   | timeout  | ''",
                "timeout=5.                 | timeout  | '5.'",
                "timeout=1e1                | timeout  | '1e1'",
                "timeout=soon               | timeout  | 'soon'",
                "timeout=NaN                | timeout  | 'NaN'",
                "timeout=0.0000000001       | timeout  | '0.0000000001'",
                "timeout=30.000000001       | timeout  | '30.000000001'",
                "timeout=99999999999999     | timeout  | '99999999999999'",
                "timeout=1&timeout=2        | timeout  | 2 values",
                "priority=urgent            | priority | 'urgent'",
                "priority=                  | priority | ''",
                "priority=high&priority=low | priority | 2 values"
            },
            quoteCharacter = '"')
    void refusesWhatItCannotRead(String query, String parameter, String actual) {
        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY + "?" + query, NPY, NPY, BODY);

        // Then
        JsonNode problem = problem(response, 400);
        assertThat(problem.get("parameter").asText()).isEqualTo(parameter);
        assertThat(problem.get("actual").asText()).isEqualTo(actual);
    }

    @Test
    void saysWhatIsExpected() {
        // When
        HttpResponse<byte[]> timeout = post(PREDICT_DARCY + "?timeout=31", NPY, NPY, BODY);
        HttpResponse<byte[]> priority = post(PREDICT_DARCY + "?priority=1", NPY, NPY, BODY);

        // Then
        assertThat(problem(timeout, 400).get("expected").asText()).isEqualTo("seconds, more than 0 and at most 30.0");
        assertThat(problem(priority, 400).get("expected").asText()).isEqualTo("high, normal, low");
    }
}
