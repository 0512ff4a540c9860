package io.fieldserve.openinference.rest;

import static io.fieldserve.openinference.rest.InferExchange.BURGERS;
import static io.fieldserve.openinference.rest.InferExchange.WAVE;
import static io.fieldserve.openinference.rest.InferExchange.answer;
import static io.fieldserve.openinference.rest.InferExchange.error;
import static io.fieldserve.openinference.rest.InferExchange.infer;
import static io.fieldserve.openinference.rest.InferExchange.jsonRequest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.openinference.rest.InferExchange.Answer;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which outputs come, in which order, and in which of the two content modes. */
@QuarkusTest
class OutputsTest extends ServiceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "final_velocity",
                "final_velocity.std",
                "final_velocity.members",
                "final_velocity.std final_velocity",
                "final_velocity.members final_velocity final_velocity.std"
            })
    void gives(String names) {
        // Given
        List<String> asked = List.of(names.split(" "));
        String outputs = asked.stream()
                .map(name -> "{\"name\": \"" + name + "\"}")
                .collect(Collectors.joining(", ", "\"outputs\": [", "]"));

        // When
        Answer answer = answer(infer(BURGERS, jsonRequest(WAVE, outputs)));

        // Then: those asked for, in that order
        assertThat(List.copyOf(answer.outputs().keySet())).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({"5, final_velocity final_velocity.std", "2, final_velocity final_velocity.std", "1, final_velocity"})
    void givesMeanAndStdUnlessAsked(int members, String expected) {
        // When
        Answer answer = answer(infer(BURGERS, jsonRequest(WAVE, "\"parameters\": {\"members\": " + members + "}")));

        // Then
        assertThat(String.join(" ", answer.outputs().keySet())).isEqualTo(expected);
    }

    static Stream<List<String>> flags() {
        return Stream.of("", "true", "false")
                .flatMap(request -> Stream.of("", "true", "false").map(output -> List.of(request, output)));
    }

    @ParameterizedTest
    @MethodSource("flags")
    void letsTheFlagOfTheOutputWin(List<String> flags) {
        // Given: the request's flag, the first output's, and a second output without one
        String request = flags.get(0).isEmpty() ? "" : "\"binary_data_output\": " + flags.get(0);
        String output = flags.get(1).isEmpty() ? "" : "\"binary_data\": " + flags.get(1);
        String outputs = "\"outputs\": [{\"name\": \"final_velocity\", \"parameters\": {" + output
                + "}}, {\"name\": \"final_velocity.std\"}]";

        // When
        Answer answer = answer(infer(BURGERS, jsonRequest(WAVE, "\"parameters\": {" + request + "}", outputs)));

        // Then
        boolean byDefault = flags.get(0).equals("true");
        assertThat(isBinary(answer.output(0)))
                .isEqualTo(flags.get(1).isEmpty() ? byDefault : flags.get(1).equals("true"));
        assertThat(isBinary(answer.output(1))).isEqualTo(byDefault);
    }

    @Test
    void givesTheSameNumbersInBothModes() {
        // When
        Answer mixed = answer(infer(
                BURGERS,
                jsonRequest(
                        WAVE,
                        "\"outputs\": [{\"name\": \"final_velocity.std\"},"
                                + "{\"name\": \"final_velocity.members\", \"parameters\": {\"binary_data\": true}},"
                                + "{\"name\": \"final_velocity\"}]")));

        // Then: what comes as bytes and what comes in the JSON belong together
        float[] members = mixed.outputs().get("final_velocity.members");
        float[] std = mixed.outputs().get("final_velocity.std");
        for (int i = 0; i < WAVE.length; i++) {
            double mean = 0;
            double squares = 0;
            for (int member = 0; member < 5; member++) {
                mean += members[member * WAVE.length + i] / 5.0;
            }
            for (int member = 0; member < 5; member++) {
                squares += Math.pow(members[member * WAVE.length + i] - mean, 2);
            }
            assertThat((double) std[i]).isCloseTo(Math.sqrt(squares / 4), offset(1e-6));
        }
    }

    @Test
    void saysWhatAnIntervalPromises() {
        // Given: a grid that was calibrated
        String data;
        try (Tensor permeability = TestArrays.permeability(64, 64)) {
            float[] values = new float[64 * 64];
            permeability.floats().get(values);
            data = Arrays.toString(values);
        }
        // When
        Answer answer = answer(infer(InferExchange.DARCY, intervalRequest(data)));

        // Then: as the manifest has it
        String promise =
                "{\"level\": 0.95, \"guarantee\": \"simultaneous\", \"coverage\": 0.968, \"calibration_cases\": 500}";
        JsonNode expected = InferExchange.parse(promise.getBytes(UTF_8));
        assertThat(answer.output(0).get("parameters")).isEqualTo(expected);
        assertThat(answer.output(1).has("parameters")).isFalse();
        assertThat(answer.output(2).get("parameters")).isEqualTo(expected);
        for (int i = 0; i < 64 * 64; i++) {
            assertThat(answer.outputs().get("pressure")[i])
                    .isBetween(
                            answer.outputs().get("pressure.lower")[i],
                            answer.outputs().get("pressure.upper")[i]);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"velocity\"}                                                   | final_velocity.members, got 'velocity'",
                "{\"name\": \"final_velocity.mean\"}                                        | got 'final_velocity.mean'",
                "{\"parameters\": {}}                                                       | got ''",
                "{\"name\": \"final_velocity\"}, {\"name\": \"final_velocity\"}             | each output once",
                "{\"name\": \"final_velocity.lower\"}                                       | an interval only on the grids",
                "{\"name\": \"final_velocity\", \"parameters\": {\"classification\": 3}}    | 'classification'",
                "{\"name\": \"final_velocity\", \"parameters\": {\"binary_data\": 1}}       | 'binary_data'",
                "{\"name\": 5}                                                              | \"name\" to be a string",
                "\"final_velocity\"                                                         | to be an object",
                "{\"name\": \"final_velocity\", \"parameters\": {\"shared_memory_region\": \"r\"}} | shared_memory_region"
            })
    void refuses(String output, String message) {
        // When
        HttpResponse<byte[]> response = infer(BURGERS, jsonRequest(WAVE, "\"outputs\": [" + output + "]"));

        // Then
        assertThat(error(response, 400)).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\"final_velocity\"", "3"})
    void refusesOutputsThatAreNoList(String outputs) {
        // When
        HttpResponse<byte[]> response = infer(BURGERS, jsonRequest(WAVE, "\"outputs\": " + outputs));

        // Then
        assertThat(error(response, 400)).contains("\"outputs\" to be an array");
    }

    private static String intervalRequest(String data) {
        return ("{\"inputs\": [{\"name\": \"permeability\", \"shape\": [64, 64], \"datatype\": \"FP32\", \"data\": %s}],"
                        + "\"parameters\": {\"level\": 0.95, \"guarantee\": \"simultaneous\"},"
                        + "\"outputs\": [{\"name\": \"pressure.lower\"}, {\"name\": \"pressure\"}, {\"name\": \"pressure.upper\"}]}")
                .formatted(data);
    }

    private static boolean isBinary(JsonNode output) {
        return output.path("parameters").has("binary_data_size");
    }
}
