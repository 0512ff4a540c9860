package io.fieldserve.openinference.rest;

import static io.fieldserve.openinference.rest.InferExchange.BURGERS;
import static io.fieldserve.openinference.rest.InferExchange.answer;
import static io.fieldserve.openinference.rest.InferExchange.binaryRequest;
import static io.fieldserve.openinference.rest.InferExchange.error;
import static io.fieldserve.openinference.rest.InferExchange.infer;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.openinference.Bits;
import io.fieldserve.openinference.rest.InferExchange.Answer;
import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Elements of every type become the {@code float32} nearest to them, ties to even: a field that is one number everywhere is
 * answered as the field of that {@code float32}.
 */
@QuarkusTest
class DatatypesTest extends ServiceTest {

    private static final int POINTS = 64;

    /** Ties of float32, what rounds otherwise by way of float64, and the ends of every range. */
    @ParameterizedTest
    @CsvSource({
        "INT8, -128",
        "INT8, 127",
        "UINT8, 128",
        "UINT8, 255",
        "INT16, -32768",
        "UINT16, 65535",
        "INT32, 16777217",
        "INT32, 16777219",
        "INT32, -16777217",
        "INT32, -2147483648",
        "INT32, 2147483647",
        "UINT32, 2147483777",
        "UINT32, 4294967295",
        "INT64, 18014399583223809",
        "INT64, -18014399583223809",
        "INT64, 9223372036854775807",
        "INT64, -9223372036854775808",
        "UINT64, 9223372586610589697",
        "UINT64, 9223372586610589696",
        "UINT64, 9223373136366403584",
        "UINT64, 18446744073709551615",
        "FP32, 0.1",
        "FP32, -0.0",
        "FP32, 1.0E-45",
        "FP64, 0.1",
        "FP64, -1.00000005960464477539",
        "FP64, 1.00000017881393432618",
        "FP64, 4.9E-324",
        "FP64, 1.4012984643248171E-45",
        "FP64, -3.141592653589793"
    })
    void roundsOnceToTheNearest(String datatype, String number) {
        // Given
        float[] expected = uniform(number.equals("-0.0") ? -0f : new BigDecimal(number).floatValue());
        byte[] tensor = repeat(encode(datatype, number));
        String[] data = new String[POINTS];
        Arrays.fill(data, number);

        // When
        Answer fromBytes = answer(infer(BURGERS, binaryRequest("[64]", datatype, tensor.length), tensor));
        Answer fromJson =
                answer(infer(BURGERS, InferExchange.request("[64]", datatype, "\"data\": " + Arrays.toString(data))));

        // Then
        assertAnswered(fromBytes, expected);
        assertAnswered(fromJson, expected);
    }

    /** Sign, exponent and fraction as IEEE 754 and bfloat16 define them: 5 and 10 bits, 8 and 7 bits. */
    @ParameterizedTest
    @CsvSource({
        "FP16, 3c00, 1",
        "FP16, c000, -2",
        "FP16, 3555, 0.333251953125",
        "FP16, 7bff, 65504",
        "FP16, 0001, 5.9604644775390625E-8",
        "FP16, 83ff, -0.000060975551605224609375",
        "BF16, 3f80, 1",
        "BF16, c049, -3.140625",
        "BF16, 3eab, 0.333984375",
        "BF16, 4b80, 16777216",
        "BF16, 2edb, 9.958966984413564205169677734375E-11"
    })
    void readsHalves(String datatype, String bits, String number) {
        // Given
        byte[] tensor = repeat(little(new BigInteger(bits, 16), 2));

        // When
        Answer answer = answer(infer(BURGERS, binaryRequest("[64]", datatype, tensor.length), tensor));

        // Then
        assertAnswered(answer, uniform(new BigDecimal(number).floatValue()));
    }

    @ParameterizedTest
    @CsvSource({"FP16, 7e00, NaN", "FP16, fc00, -Infinity", "BF16, 7fc0, NaN", "BF16, 7f80, Infinity", "FP64, , 1.0E39"
    })
    void refusesWhatIsNotFinite(String datatype, String bits, String shown) {
        // Given
        byte[] element = bits == null ? encode(datatype, shown) : little(new BigInteger(bits, 16), 2);
        byte[] tensor = repeat(element);

        // When
        HttpResponse<byte[]> response = infer(BURGERS, binaryRequest("[64]", datatype, tensor.length), tensor);

        // Then
        assertThat(error(response, 400)).contains("finite float32 numbers", shown + " at [0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BOOL", "BYTES", "FP8", "fp32", "TYPE_FP32", "float32", "FLOAT32", "STRING"})
    void refusesOtherTypes(String datatype) {
        // Given
        byte[] tensor = new byte[POINTS];

        // When
        String fromBytes = error(infer(BURGERS, binaryRequest("[64]", datatype, tensor.length), tensor), 400);
        String fromJson = error(infer(BURGERS, InferExchange.request("[64]", datatype, "\"data\": [1]")), 400);

        // Then
        assertThat(fromBytes).contains("initial_velocity", "BF16, FP32, FP64, got", datatype);
        assertThat(fromJson).contains("initial_velocity", "BF16, FP32, FP64, got", datatype);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FP16 | {\"inputs\": [{\"name\": \"initial_velocity\", \"shape\": [64], \"datatype\": \"FP16\", \"data\": %s}]}",
                "FP16 | {\"inputs\": [{\"data\": %s, \"name\": \"initial_velocity\", \"shape\": [64], \"datatype\": \"FP16\"}]}",
                "BF16 | {\"inputs\": [{\"name\": \"initial_velocity\", \"shape\": [64], \"datatype\": \"BF16\", \"data\": %s}]}",
                "BF16 | {\"inputs\": [{\"data\": %s, \"name\": \"initial_velocity\", \"shape\": [64], \"datatype\": \"BF16\"}]}"
            })
    void refusesHalvesInJson(String datatype, String request) {
        // When
        HttpResponse<byte[]> response = infer(BURGERS, request.formatted(Collections.nCopies(POINTS, 1)));

        // Then
        assertThat(error(response, 400)).contains(datatype + " as binary data");
    }

    private static void assertAnswered(Answer answer, float[] field) {
        byte[] tensor = InferExchange.bytes(field);
        Answer expected = answer(infer(BURGERS, binaryRequest("[64]", "FP32", tensor.length), tensor));
        assertThat(Bits.of(answer.outputs().get("final_velocity")))
                .isEqualTo(Bits.of(expected.outputs().get("final_velocity")));
    }

    private static float[] uniform(float value) {
        float[] values = new float[POINTS];
        Arrays.fill(values, value);
        return values;
    }

    private static byte[] repeat(byte[] element) {
        ByteBuffer all = ByteBuffer.allocate(POINTS * element.length);
        while (all.hasRemaining()) {
            all.put(element);
        }
        return all.array();
    }

    private static byte[] encode(String datatype, String number) {
        return switch (datatype) {
            case "FP32" -> little(BigInteger.valueOf(Float.floatToRawIntBits(Float.parseFloat(number))), 4);
            case "FP64" -> little(BigInteger.valueOf(Double.doubleToRawLongBits(Double.parseDouble(number))), 8);
            default -> little(new BigInteger(number), Integer.parseInt(datatype.replaceAll("\\D", "")) / Byte.SIZE);
        };
    }

    /** The low bytes in two's complement, the lowest first. */
    private static byte[] little(BigInteger bits, int size) {
        ByteBuffer element = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        element.putLong(bits.longValue());
        return Arrays.copyOf(element.array(), size);
    }
}
