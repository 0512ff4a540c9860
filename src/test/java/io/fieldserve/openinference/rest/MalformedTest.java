package io.fieldserve.openinference.rest;

import static io.fieldserve.openinference.rest.InferExchange.DARCY;
import static io.fieldserve.openinference.rest.InferExchange.error;
import static io.fieldserve.openinference.rest.InferExchange.infer;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every request that can't be answered gets a sentence that says what is wrong with it. */
@QuarkusTest
class MalformedTest extends ServiceTest {

    private static final String ROW = "[" + "3,".repeat(63) + "3]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                    | got an empty body",
                "` `                                   | got an empty body",
                "{                                     | valid JSON",
                "{}}                                   | valid JSON",
                "{} {}                                 | nothing after the JSON object",
                "[]                                    | a JSON object with \"inputs\", got an array",
                "null                                  | a JSON object with \"inputs\", got null",
                "{'inputs': [}                         | valid JSON",
                "{'inputs': {}}                        | \"inputs\" to be an array, got an object",
                "{'inputs': [3]}                       | to be an object, got the number 3",
                "{'inputs': [null]}                    | to be an object, got null",
                "{}                                    | expected the field permeability",
                "{'inputs': null}                      | expected the field permeability",
                "{'inputs': []}                        | expected the field permeability",
                "{'id': 7, 'inputs': []}               | \"id\" to be a string, got the number 7",
                "{'id': {}, 'inputs': []}              | \"id\" to be a string, got an object",
                "{'inputs': [{}]}                      | \"name\", \"datatype\" and \"shape\"",
                "{'inputs': [{'name': 'permeability'}]} | \"name\", \"datatype\" and \"shape\""
            })
    void refusesWhatIsNoRequest(String body, String message) {
        // When
        HttpResponse<byte[]> response = infer(DARCY, body.replace('\'', '"'));

        // Then
        assertThat(error(response, 400)).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'name': 'porosity', 'datatype': 'FP32', 'shape': [1], 'data': [1]      | expected the field permeability, got 'porosity'",
                "'name': 'Permeability', 'datatype': 'FP32', 'shape': [1], 'data': [1]  | got 'Permeability'",
                "'name': '', 'datatype': 'FP32', 'shape': [1], 'data': [1]              | \"name\", \"datatype\" and \"shape\"",
                "'name': 3, 'datatype': 'FP32', 'shape': [1], 'data': [1]               | \"name\" to be a string",
                "'name': 'permeability', 'datatype': 1, 'shape': [1], 'data': [1]       | \"datatype\" to be a string",
                "'name': 'permeability', 'datatype': 'FP32', 'data': [1]                | \"name\", \"datatype\" and \"shape\"",
                "'name': 'permeability', 'shape': [1], 'data': [1]                      | \"name\", \"datatype\" and \"shape\"",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64]          | either \"data\" or the parameter binary_data_size, got neither",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64], 'data': null     | got neither",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64], 'data': 'AAAA'   | the string 'AAAA'",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64], 'data': ['3']    | a number at [0], got the string '3'",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64], 'data': [true]   | a number at [0], got true",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64], 'data': [null]   | a number at [0], got null",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64], 'data': [3, [3]] | a number at [1], got an array",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64], 'data': [[3], 3] | an array at [1], got the number 3",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64], 'data': [[3], [3, 3]] | length 1 at [1], got length 2",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64], 'data': [[[[[3]]]]]   | at most 4 deep",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64], 'data': []       | data of length 4096",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64], 'data': [3, 3]   | data of length 4096 for shape [64, 64], got length 2",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64], 'data': [[3, 3]] | nested as its shape [64, 64], got data nested as [1, 2]",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64], 'data': [3], 'data': [3] | \"data\" once",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': 64, 'data': [3]            | \"shape\" to be an array of integers",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': ['64'], 'data': [3]        | integers below 2^63, got the string '64'",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64.0, 64], 'data': [3]    | integers below 2^63, got the number 64.0",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [18446744073709551615], 'data': [3] | integers below 2^63",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [-1, 64], 'data': [3]      | without negative dimensions",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [0, 64, 64], 'data': []    | at least one element in every dimension",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [], 'data': [3]            | [y, x], [batch, y, x] or [batch, 1, y, x]",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64], 'data': [3]          | [y, x], [batch, y, x] or [batch, 1, y, x]",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [1, 1, 1, 64, 64], 'data': [3]  | at most 4 dimensions",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [1, 2, 64, 64], 'data': [3]     | 1 channels",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [8, 64], 'data': [3]       | 32 to 512 points along y",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64], 'parameters': [], 'data': [3] | \"parameters\" to be an object",
                "'name': 'permeability', 'datatype': 'FP32', 'shape': [64, 64], 'parameters': {'shared_memory_region': 'r', 'shared_memory_byte_size': 16384} | shared memory, which is not offered"
            })
    void refusesWhatIsNoInput(String members, String message) {
        // When
        HttpResponse<byte[]> response = infer(DARCY, "{\"inputs\": [{" + members.replace('\'', '"') + "}]}");

        // Then
        assertThat(error(response, 400)).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[513, 64]                                  | 32 to 512 points along y",
                "[257, 64, 64]                              | a batch of at most 256",
                "[2, 512, 512]                              | at most 262144 points",
                "[9223372036854775807, 9223372036854775807] | fewer than 2^63 elements"
            })
    void refusesWhatIsTooLarge(String shape, String message) {
        // When: before it has seen the data
        HttpResponse<byte[]> response =
                infer(DARCY, input(shape, "\"parameters\": {\"binary_data_size\": 4}"), new byte[4]);

        // Then
        assertThat(error(response, 413)).contains("'permeability' is too large", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e39", "-1e999"})
    void refusesNumbersThatAreNotFinite(String number) {
        // Given: rows of threes, and this at the third place of the second
        String second = "[3, 3, " + number + ",3".repeat(61) + "]";
        String nested = "[" + ROW + "," + second + ("," + ROW).repeat(62) + "]";
        String flat = "[" + (ROW + "," + second + ("," + ROW).repeat(62)).replaceAll("[\\[\\]]", "") + "]";

        // When
        String ofNested = error(infer(DARCY, input("[64, 64]", "\"data\": " + nested)), 400);
        String ofFlat = error(infer(DARCY, input("[64, 64]", "\"data\": " + flat)), 400);

        // Then
        String shown = number.replace("1e39", "Infinity").replace("1e999", "Infinity");
        assertThat(ofNested).contains("finite float32 numbers, got " + shown + " at [1, 2]");
        assertThat(ofFlat).isEqualTo(ofNested);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"data\": [3]", "\"parameters\": {\"binary_data_size\": 4}"})
    void refusesAnInputThatComesTwice(String second) {
        // Given
        String once = tensor("[64, 64]", "\"data\": " + Collections.nCopies(64 * 64, 3));
        String twice = "{\"inputs\": [" + once + ", " + tensor("[64, 64]", second) + "]}";

        // When
        HttpResponse<byte[]> response = infer(DARCY, twice, new byte[4]);

        // Then
        assertThat(error(response, 400)).contains("expected the field once, got it twice");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 100_000})
    void refusesNestingWithoutEnd(int depth) {
        // When
        String inData = error(infer(DARCY, "{\"inputs\": [{\"data\": " + "[".repeat(depth)), 400);
        String elsewhere = error(infer(DARCY, "{\"inputs\": [], \"more\": " + "[".repeat(depth)), 400);

        // Then
        assertThat(inData).contains("at most 4 deep");
        assertThat(elsewhere).contains("valid JSON");
    }

    private static String input(String shape, String data) {
        return "{\"inputs\": [" + tensor(shape, data) + "]}";
    }

    private static String tensor(String shape, String data) {
        return "{\"name\": \"permeability\", \"datatype\": \"FP32\", \"shape\": %s, %s}".formatted(shape, data);
    }
}
