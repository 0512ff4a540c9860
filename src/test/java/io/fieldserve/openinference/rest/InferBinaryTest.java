package io.fieldserve.openinference.rest;

import static io.fieldserve.openinference.rest.InferExchange.BURGERS;
import static io.fieldserve.openinference.rest.InferExchange.WAVE;
import static io.fieldserve.openinference.rest.InferExchange.answer;
import static io.fieldserve.openinference.rest.InferExchange.binaryRequest;
import static io.fieldserve.openinference.rest.InferExchange.bytes;
import static io.fieldserve.openinference.rest.InferExchange.error;
import static io.fieldserve.openinference.rest.InferExchange.infer;
import static io.fieldserve.openinference.rest.InferExchange.join;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.fieldserve.openinference.rest.InferExchange.Answer;
import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The binary tensor extension: tensors behind the JSON, and what the lengths must say. */
@QuarkusTest
class InferBinaryTest extends ServiceTest {

    private static final byte[] TENSOR = bytes(WAVE);
    private static final String REQUEST = binaryRequest("[64]", "FP32", TENSOR.length);

    @Test
    void answersInJsonUnlessAskedOtherwise() {
        // When
        HttpResponse<byte[]> response = infer(BURGERS, REQUEST, TENSOR);

        // Then
        assertThat(response.headers().firstValue(InferExchange.JSON_LENGTH)).isEmpty();
        assertThat(answer(response).outputs()).containsOnlyKeys("final_velocity", "final_velocity.std");
    }

    @Test
    void putsTensorsBehindTheJsonInItsOrder() {
        // When
        HttpResponse<byte[]> response = infer(
                BURGERS,
                binaryRequest(
                        "[64]",
                        "FP32",
                        TENSOR.length,
                        "\"parameters\": {\"binary_data_output\": true}",
                        "\"outputs\": [{\"name\": \"final_velocity.members\"}, {\"name\": \"final_velocity\"}]"),
                TENSOR);

        // Then: the content's length covers both, and the mean of what comes first is what comes next
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(response.body().length);
        Answer answer = answer(response);
        assertThat(answer.outputs().keySet()).containsExactly("final_velocity.members", "final_velocity");
        assertThat(answer.output(0).get("shape").toString()).isEqualTo("[5,64]");
        float[] members = answer.outputs().get("final_velocity.members");
        for (int i = 0; i < 64; i++) {
            double sum = 0;
            for (int member = 0; member < 5; member++) {
                sum += members[member * 64 + i];
            }
            assertThat(answer.outputs().get("final_velocity")[i]).isCloseTo((float) (sum / 5), offset(1e-6f));
        }
    }

    @Test
    void takesALengthThatCoversTheWholeBody() {
        // Given
        byte[] json = InferExchange.jsonRequest(WAVE).getBytes(UTF_8);

        // When
        HttpResponse<byte[]> response = InferExchange.send(BURGERS, Integer.toString(json.length), json);

        // Then
        assertThat(answer(response).outputs()).hasSize(2);
    }

    @Test
    void takesSpaceBetweenTheJsonAndTheTensors() {
        // When
        HttpResponse<byte[]> response = infer(BURGERS, REQUEST + " \r\n", TENSOR);

        // Then
        assertThat(answer(response).outputs()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"1, more", "-1, fewer", "-256, none"})
    void refusesABodyOfAnotherLengthThanAnnounced(int surplus, String name) {
        // When
        HttpResponse<byte[]> response = infer(BURGERS, REQUEST, Arrays.copyOf(TENSOR, TENSOR.length + surplus));

        // Then
        int announced = REQUEST.length() + TENSOR.length;
        assertThat(error(response, 400))
                .as(name)
                .contains("expected a body of the " + announced + " bytes", "got " + (announced + surplus) + " bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 252, 255, 260, 1024})
    void refusesATensorOfAnotherSizeThanItsShape(int size) {
        // When
        HttpResponse<byte[]> response = infer(BURGERS, binaryRequest("[64]", "FP32", size), new byte[size]);

        // Then
        assertThat(error(response, 400)).contains("256 bytes of data for shape [64] of FP32", size + " bytes");
    }

    @ParameterizedTest
    @CsvSource({"1, valid JSON", "-1, valid JSON", "200, valid JSON", "-200, JSON"})
    void refusesAHeaderThatIsTooLongOrTooShort(int surplus, String expected) {
        // Given
        byte[] body = join(REQUEST.getBytes(UTF_8), TENSOR);

        // When
        HttpResponse<byte[]> response = InferExchange.send(BURGERS, Integer.toString(REQUEST.length() + surplus), body);

        // Then
        assertThat(error(response, 400)).contains(expected);
    }

    @Test
    void refusesAHeaderBeyondTheBody() {
        // When
        HttpResponse<byte[]> response = InferExchange.send(BURGERS, "1000", "{\"inputs\": []}".getBytes(UTF_8));

        // Then
        assertThat(error(response, 400)).contains("1000 bytes", "14 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.5", "1e3", "0x10", "+5", "9223372036854775808", "99999999999999999999"})
    void refusesAHeaderThatIsNoLength(String length) {
        // When
        HttpResponse<byte[]> response = InferExchange.send(BURGERS, length, join(REQUEST.getBytes(UTF_8), TENSOR));

        // Then
        assertThat(error(response, 400)).contains("Inference-Header-Content-Length");
    }

    @Test
    void refusesTensorsWithoutTheHeader() {
        // When
        HttpResponse<byte[]> response = post(BURGERS, RAW, JSON, join(REQUEST.getBytes(UTF_8), TENSOR));

        // Then: what follows the object isn't JSON
        assertThat(error(response, 400)).contains("malformed");
    }

    @Test
    void refusesAnAnnouncedTensorThatNothingFollows() {
        // When
        HttpResponse<byte[]> response = infer(BURGERS, REQUEST);

        // Then
        assertThat(error(response, 400)).contains("Inference-Header-Content-Length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "\"256\"", "true", "9223372036854775808"})
    void refusesASizeThatIsNone(String size) {
        // When
        HttpResponse<byte[]> response = infer(
                BURGERS,
                InferExchange.request("[64]", "FP32", "\"parameters\": {\"binary_data_size\": " + size + "}"),
                TENSOR);

        // Then
        assertThat(error(response, 400)).contains("binary_data_size");
    }

    @Test
    void refusesASizeWithoutEnd() {
        // When
        HttpResponse<byte[]> response = infer(
                BURGERS,
                InferExchange.request("[64]", "FP32", "\"parameters\": {\"binary_data_size\": 9223372036854775807}"),
                TENSOR);

        // Then
        assertThat(error(response, 400)).contains("9223372036854775807");
    }

    @Test
    void refusesDataInBothPlaces() {
        // When
        HttpResponse<byte[]> response = infer(
                BURGERS,
                InferExchange.request(
                        "[64]",
                        "FP32",
                        "\"data\": " + Arrays.toString(WAVE) + ", \"parameters\": {\"binary_data_size\": 256}"),
                TENSOR);

        // Then
        assertThat(error(response, 400)).contains("either \"data\" or the parameter binary_data_size", "both");
    }
}
