package io.fieldserve.openinference.rest;

import static io.fieldserve.openinference.rest.InferExchange.BURGERS;
import static io.fieldserve.openinference.rest.InferExchange.WAVE;
import static io.fieldserve.openinference.rest.InferExchange.answer;
import static io.fieldserve.openinference.rest.InferExchange.infer;
import static io.fieldserve.openinference.rest.InferExchange.jsonRequest;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.openinference.Bits;
import io.fieldserve.openinference.rest.InferExchange.Answer;
import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of JSON alone. */
@QuarkusTest
class InferJsonTest extends ServiceTest {

    private static final String DATA = Arrays.toString(WAVE);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[64]       | %s", "[1, 64]    | %s", "[1, 64]    | [%s]", "[1, 1, 64] | %s", "[1, 1, 64] | [[%s]]"
            })
    void takesFlatAndNestedData(String shape, String nesting) {
        // When
        Answer answer =
                answer(infer(BURGERS, InferExchange.request(shape, "FP32", "\"data\": " + nesting.formatted(DATA))));

        // Then: the outputs have the layout of the input, and the numbers that bytes give
        assertThat(answer.output(0).get("shape")).isEqualTo(InferExchange.parse(shape.getBytes(US_ASCII)));
        assertSameAsFromBytes(answer);
    }

    @Test
    void answersWithAllThatTheProtocolHas() {
        // When
        Answer answer = answer(infer(BURGERS, jsonRequest(WAVE, "\"id\": \"42\"")));

        // Then
        assertThat(answer.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("model_name", "model_version", "id", "parameters", "outputs");
        assertThat(answer.json().get("model_name").asText()).isEqualTo("burgers-fno");
        assertThat(answer.json().get("model_version").asText()).isEqualTo("1");
        assertThat(answer.json().get("parameters").get("trusted").isBoolean()).isTrue();
        assertThat(answer.json().get("parameters")).allMatch(JsonNode::isValueNode);
        assertThat(answer.output(0).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("name", "datatype", "shape", "data");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"42", "", " ", "a-\\\"quoted\\\"-\\u00e9-\\ud83c\\udf0a", "00000000-0000-0000-0000-000000000000"
            })
    void echoesTheIdOfARequest(String id) {
        // When
        Answer answer = answer(infer(BURGERS, jsonRequest(WAVE, "\"id\": \"" + id + "\"")));

        // Then
        assertThat(answer.json().path("id").asText())
                .isEqualTo(InferExchange.parse(("\"" + id + "\"").getBytes(US_ASCII))
                        .asText());
    }

    @Test
    void hasNoIdWhereTheRequestHasNone() {
        // When
        Answer answer = answer(infer(BURGERS, jsonRequest(WAVE)));

        // Then
        assertThat(answer.json().has("id")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'outputs': [{'parameters': {}, 'name': 'final_velocity'}], 'parameters': {'priority': 1}, 'inputs': [{'data': %s,"
                        + " 'parameters': {}, 'shape': [64], 'datatype': 'FP32', 'name': 'initial_velocity'}], 'id': '1'}",
                "{'inputs': [{'shape': [64], 'data': %s, 'name': 'initial_velocity', 'datatype': 'FP32'}]}",
                " \n{ 'inputs' : [\t{'datatype': 'FP32', 'data': %s, 'name': 'initial_velocity', 'shape': [ 64 ]} ] } \n"
            })
    void takesMembersInAnyOrder(String request) {
        // When
        Answer answer = answer(infer(BURGERS, quoted(request)));

        // Then
        assertSameAsFromBytes(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model_name': 'other', 'extra': {'inputs': [1, {'data': [[]]}]}, 'inputs': [{'name': 'initial_velocity', 'shape': [64],"
                        + " 'datatype': 'FP32', 'extra': [[{}]], 'data': %s}], 'outputs': [{'name': 'final_velocity', 'extra': null}]}",
                "{'id': null, 'parameters': null, 'outputs': null, 'inputs': [{'name': 'initial_velocity', 'shape': [64],"
                        + " 'datatype': 'FP32', 'parameters': null, 'data': %s}]}",
                "{'inputs': [{'name': 'initial_velocity', 'shape': [64], 'datatype': 'FP32', 'parameters': {'content_type': 'np'},"
                        + " 'data': %s}], 'outputs': [{'name': 'final_velocity', 'parameters': null}]}",
                "{'inputs': [{'name': 'initial_velocity', 'shape': [64], 'datatype': 'FP32', 'data': %s}], 'outputs': []}"
            })
    void leavesAloneWhatItDoesNotKnowAndWhatIsNull(String request) {
        // When
        Answer answer = answer(infer(BURGERS, quoted(request)));

        // Then
        assertSameAsFromBytes(answer);
    }

    private static String quoted(String request) {
        return request.replace('\'', '"').formatted(DATA);
    }

    private static void assertSameAsFromBytes(Answer answer) {
        byte[] tensor = InferExchange.bytes(WAVE);
        float[] expected = answer(infer(BURGERS, InferExchange.binaryRequest("[64]", "FP32", tensor.length), tensor))
                .outputs()
                .get("final_velocity");
        assertThat(Bits.of(answer.outputs().get("final_velocity"))).isEqualTo(Bits.of(expected));
    }
}
