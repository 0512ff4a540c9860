package io.fieldserve.openinference.rest;

import static io.fieldserve.openinference.rest.InferExchange.BURGERS;
import static io.fieldserve.openinference.rest.InferExchange.WAVE;
import static io.fieldserve.openinference.rest.InferExchange.answer;
import static io.fieldserve.openinference.rest.InferExchange.error;
import static io.fieldserve.openinference.rest.InferExchange.infer;
import static io.fieldserve.openinference.rest.InferExchange.jsonRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.openinference.Bits;
import io.fieldserve.openinference.rest.InferExchange.Answer;
import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters of a request: those of the scheduling extension, the native API's, and everybody's own. */
@QuarkusTest
class RequestParametersTest extends ServiceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"timeout\": 0",
                "\"timeout\": 30000000",
                "\"timeout\": 9223372036854775807",
                "\"priority\": 0",
                "\"priority\": 1",
                "\"priority\": 2",
                "\"priority\": 3",
                "\"priority\": 9223372036854775807, \"timeout\": 20000000",
                "\"level\": 0.5",
                "\"guarantee\": \"simultaneous\"",
                "\"sequence_id\": 7, \"sequence_start\": true, \"sequence_end\": false",
                "\"triton_enable_empty_final_response\": true",
                "\"own\": \"x\", \"number\": -1.5e3, \"large\": 18446744073709551615, \"flag\": false",
                "\"none\": null, \"object\": {\"timeout\": \"no\"}, \"array\": [{}]"
            })
    void leaveTheNumbersAsTheyAre(String parameters) {
        // Given
        Answer expected = answer(infer(BURGERS, jsonRequest(WAVE)));

        // When
        Answer answer = answer(infer(BURGERS, jsonRequest(WAVE, "\"parameters\": {" + parameters + "}")));

        // Then
        assertThat(answer.outputs().keySet()).isEqualTo(expected.outputs().keySet());
        expected.outputs()
                .forEach((name, values) ->
                        assertThat(Bits.of(answer.outputs().get(name))).isEqualTo(Bits.of(values)));
    }

    @Test
    void answerNothingOnceTheTimeIsOver() {
        // When: a microsecond is over before the batch can begin
        HttpResponse<byte[]> response =
                infer(BURGERS, jsonRequest(WAVE, "\"id\": \"7\", \"parameters\": {\"timeout\": 1}"));

        // Then
        assertThat(error(response, 503)).startsWith("The deadline passed after ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"timeout\": -1                | 'timeout'            | -1",
                "\"timeout\": 1.5               | 'timeout'            | 1.5",
                "\"timeout\": \"1000\"          | 'timeout'            | 1000",
                "\"priority\": -1               | 'priority'           | -1",
                "\"priority\": \"high\"         | 'priority'           | high",
                "\"priority\": true             | 'priority'           | true",
                "\"members\": 0                 | 'members'            | 0",
                "\"members\": 6                 | 'members'            | 6",
                "\"members\": 4294967298        | 'members'            | 2147483647",
                "\"members\": 2.5               | 'members'            | 2.5",
                "\"level\": \"0.9\"             | 'level'              | 0.9",
                "\"guarantee\": \"perhaps\"     | 'guarantee'          | perhaps",
                "\"guarantee\": 1               | 'guarantee'          | 1",
                "\"binary_data_output\": \"no\" | 'binary_data_output' | no"
            },
            quoteCharacter = '`')
    void areRefusedWhenTheyMeanNothing(String parameter, String name, String value) {
        // When
        HttpResponse<byte[]> response = infer(BURGERS, jsonRequest(WAVE, "\"parameters\": {" + parameter + "}"));

        // Then
        assertThat(error(response, 400)).contains("Parameter " + name + " is invalid", "got " + value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"\"level\": 0.93                 | 'level'", "\"members\": 3                  | members=3"})
    void areRefusedWhereNoIntervalIsCalibratedForThem(String parameter, String message) {
        // Given
        String outputs = "\"outputs\": [{\"name\": \"final_velocity.upper\"}]";

        // When
        HttpResponse<byte[]> response =
                infer(BURGERS, jsonRequest(InferExchange.wave(256), "\"parameters\": {" + parameter + "}", outputs));

        // Then
        assertThat(error(response, 400)).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "1", "true"})
    void mustBeAnObject(String parameters) {
        // When
        HttpResponse<byte[]> response = infer(BURGERS, jsonRequest(WAVE, "\"parameters\": " + parameters));

        // Then
        assertThat(error(response, 400)).contains("\"parameters\" to be an object");
    }
}
