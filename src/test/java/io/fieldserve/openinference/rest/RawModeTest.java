package io.fieldserve.openinference.rest;

import static io.fieldserve.openinference.rest.InferExchange.BURGERS;
import static io.fieldserve.openinference.rest.InferExchange.WAVE;
import static io.fieldserve.openinference.rest.InferExchange.answer;
import static io.fieldserve.openinference.rest.InferExchange.bytes;
import static io.fieldserve.openinference.rest.InferExchange.error;
import static io.fieldserve.openinference.rest.InferExchange.infer;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.openinference.Bits;
import io.fieldserve.openinference.rest.InferExchange.Answer;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies without JSON: one input, whose one unknown dimension follows from its length. */
@QuarkusTest
class RawModeTest extends ServiceTest {

    @ParameterizedTest
    @ValueSource(strings = {BURGERS, "/v2/models/burgers-fno/versions/1/infer"})
    void infersTheShapeAndAnswersInBytes(String path) {
        // Given
        byte[] tensor = bytes(InferExchange.wave(100));
        Answer expected =
                answer(infer(BURGERS, InferExchange.binaryRequest("[1, 1, 100]", "FP32", tensor.length), tensor));

        // When
        HttpResponse<byte[]> response = InferExchange.send(path, "0", tensor);

        // Then
        assertThat(response.headers().firstValue(InferExchange.JSON_LENGTH)).isPresent();
        Answer answer = answer(response);
        assertThat(answer.outputs().keySet()).containsExactly("final_velocity", "final_velocity.std");
        assertThat(answer.json().get("outputs"))
                .allSatisfy(output -> assertThat(output.get("shape").toString()).isEqualTo("[1,1,100]"))
                .allSatisfy(output -> assertThat(
                                output.at("/parameters/binary_data_size").asInt())
                        .isEqualTo(400));
        expected.outputs()
                .forEach((name, values) ->
                        assertThat(Bits.of(answer.outputs().get(name))).isEqualTo(Bits.of(values)));
    }

    @ParameterizedTest
    @CsvSource({
        "0,     400, at least one element",
        "3,     400, at least one element",
        "252,   400, 64 to 8192 points",
        "257,   400, 256 bytes of data",
        "258,   400, 256 bytes of data",
        "32772, 413, 64 to 8192 points"
    })
    void refusesLengthsThatFitNoGrid(int length, int status, String expected) {
        // When
        HttpResponse<byte[]> response = InferExchange.send(BURGERS, "0", new byte[length]);

        // Then
        assertThat(error(response, status)).contains("initial_velocity", expected);
    }

    @Test
    void refusesAModelOfSeveralUnknownDimensions() {
        // When
        HttpResponse<byte[]> response = InferExchange.send(InferExchange.DARCY, "0", new byte[64 * 64 * Float.BYTES]);

        // Then
        assertThat(error(response, 400)).contains("permeability", "[-1, 1, -1, -1]");
    }

    @Test
    void refusesABodyWhoseLengthIsNotKnown() {
        // When
        HttpResponse<byte[]> response = send(request(BURGERS)
                .header(InferExchange.JSON_LENGTH, "0")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes(WAVE)))));

        // Then
        assertThat(error(response, 400)).contains("known length");
    }

    @Test
    void refusesACompressedBody() {
        // When
        HttpResponse<byte[]> response = send(request(BURGERS)
                .header(InferExchange.JSON_LENGTH, "0")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(TestArrays.gzip(bytes(WAVE)))));

        // Then
        assertThat(error(response, 400)).contains("not compressed");
    }

    @Test
    void refusesWhatIsNotFinite() {
        // Given
        float[] values = WAVE.clone();
        values[7] = Float.NEGATIVE_INFINITY;

        // When
        HttpResponse<byte[]> response = InferExchange.send(BURGERS, "0", bytes(values));

        // Then
        assertThat(error(response, 400)).contains("-Infinity at [0, 0, 7]");
    }
}
