package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.tensor.Shape;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bad input is answered with its status and names the field, what was expected and what came. */
@QuarkusTest
class BadInputTest extends ServiceTest {

    private static final String FIELD = "permeability";

    static Stream<Arguments> badArrays() {
        return Stream.of(
                bad("object dtype", npy("'|O'", "(64, 64)", new byte[64]), 400, "float32", "O"),
                bad("negative dimension", npy("'<f4'", "(-64, 64)", new byte[64]), 400, "negative", "-64"),
                bad(
                        "64-bit overflow",
                        npy("'<f4'", "(4294967296, 4294967296)", new byte[64]),
                        413,
                        "2^63",
                        "4294967296"),
                bad("header of 1 GB", hugeHeader(), 400, "header", "1073741824"),
                bad("empty body", new byte[0], 400, "NPY", "no bytes"),
                bad(
                        "grid over the limit",
                        npy("'<f4'", "(1024, 1024)", new byte[64]),
                        413,
                        "32 to 512 points along y",
                        "[1024, 1024]"),
                bad(
                        "grid under the limit",
                        npy("'<f4'", "(8, 64)", new byte[8 * 64 * 4]),
                        422,
                        "32 to 512 points along y",
                        "[8, 64]"),
                bad(
                        "batch over the limit",
                        npy("'<f4'", "(100000, 64, 64)", new byte[64]),
                        413,
                        "batch",
                        "[100000, 64, 64]"),
                bad(
                        "points over the limit",
                        npy("'<f4'", "(2, 1, 512, 512)", new byte[64]),
                        413,
                        "262144 points",
                        "[2, 1, 512, 512]"),
                bad(
                        "wrong channel count",
                        npy("'<f4'", "(1, 2, 64, 64)", new byte[2 * 64 * 64 * 4]),
                        422,
                        "1 channels",
                        "[1, 2, 64, 64]"),
                bad("too few axes", npy("'<f4'", "(64,)", new byte[64 * 4]), 422, "[y, x]", "[64]"),
                bad(
                        "too many axes",
                        npy("'<f4'", "(1, 1, 1, 64, 64)", new byte[64 * 64 * 4]),
                        422,
                        "4 dimensions",
                        "5 dimensions"),
                bad(
                        "NaN",
                        TestArrays.npy(TestArrays.filled(Shape.of(64, 64), i -> i == 130 ? Double.NaN : 3)),
                        400,
                        "finite",
                        "NaN at [2, 2]"),
                bad("surplus bytes", npy("'<f4'", "(64, 64)", new byte[64 * 64 * 4 + 1]), 400, "16384 bytes", "16385"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badArrays")
    void refusesArray(String name, byte[] body, int status, String expected, String actual) {
        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY, NPY, NPZ, body);

        // Then
        requireProblem(response, status, expected, actual);
    }

    static Stream<Arguments> badJson() {
        String rows = ("[" + "3,".repeat(63) + "3],").repeat(63) + "[" + "3,".repeat(63);
        return Stream.of(
                bad("not JSON", json("permeability"), 400, "JSON", "line 1, column 13"),
                bad(
                        "10 000 levels deep",
                        json("{\"inputs\":{\"permeability\":" + "[".repeat(10_000)),
                        400,
                        "at most 4 deep",
                        "[0, 0, 0, 0]"),
                bad("ragged", json("{\"inputs\":{\"permeability\":[[3,3,3],[3,3]]}}"), 400, "3", "2"),
                bad("strings", json("{\"inputs\":{\"permeability\":[[\"3\"]]}}"), 400, "number", "string"),
                bad("1e39", json("{\"inputs\":{\"permeability\":[" + rows + "1e39]]}}"), 400, "float32", "1e39"),
                bad("NaN", json("{\"inputs\":{\"permeability\":[" + rows + "NaN]]}}"), 400, "finite", "NaN"),
                bad(
                        "unknown field",
                        json("{\"inputs\":{\"permeability\":[" + rows + "3]],\"porosity\":[1]}}"),
                        422,
                        "permeability",
                        "porosity"),
                bad("missing field", json("{\"inputs\":{}}"), 422, "permeability", ""),
                bad("unknown key", json("{\"input\":{}}"), 422, "inputs", "input"),
                bad("empty", json(""), 400, "JSON", "an empty body"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badJson")
    void refusesJson(String name, byte[] body, int status, String expected, String actual) {
        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY, JSON, JSON, body);

        // Then
        JsonNode problem = problem(response, status);
        assertThat(problem.get("detail").asText()).contains(expected).contains(actual);
    }

    @Test
    void refusesTruncatedBodiesAtEveryHundredthByte() {
        // Given
        byte[] whole = TestArrays.npy(TestArrays.permeability(64, 64));

        for (int length = 0; length < whole.length; length += 100) {
            // When
            HttpResponse<byte[]> response = post(PREDICT_DARCY, NPY, NPZ, Arrays.copyOf(whole, length));

            // Then
            JsonNode problem = problem(response, 400);
            assertThat(problem.get("field").asText()).isEqualTo(FIELD);
        }
    }

    static Stream<Arguments> convertible() {
        byte[] doubles = filled(64 * 64 * 8, ByteOrder.LITTLE_ENDIAN, (buffer, i) -> buffer.putDouble(3));
        byte[] bigEndian = filled(64 * 64 * 4, ByteOrder.BIG_ENDIAN, (buffer, i) -> buffer.putFloat(3));
        byte[] floats = filled(64 * 64 * 4, ByteOrder.LITTLE_ENDIAN, (buffer, i) -> buffer.putFloat(3));
        return Stream.of(
                Arguments.of("float64", npy("'<f8'", "(64, 64)", doubles)),
                Arguments.of("big-endian", npy("'>f4'", "(64, 64)", bigEndian)),
                Arguments.of("Fortran order", npy("'<f4'", true, "(64, 64)", floats)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("convertible")
    void convertsOtherLayouts(String name, byte[] body) {
        // Given
        byte[] expected = post(
                        PREDICT_DARCY, RAW, RAW, "64,64", TestArrays.raw(TestArrays.filled(Shape.of(64, 64), i -> 3)))
                .body();

        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY, NPY, RAW, body);

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(expected);
    }

    @Test
    void refusesAnArchiveThatUnpacksToTenGigabytes() {
        // Given: 10 GB of zeros behind a header that promises 64 x 64
        byte[] bomb = bomb(10_000);

        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY, NPZ, NPZ, bomb);

        // Then
        assertThat(problem(response, 400).get("field").asText()).isEqualTo(FIELD);
    }

    @Test
    void refusesABodyOverTheLimitFromItsHeader() {
        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY, NPY, NPZ, new byte[64 * 1024 * 1024 + 1]);

        // Then
        assertThat(problem(response, 413).get("detail").asText()).contains("67108864 bytes", "67108865 bytes");
    }

    @Test
    void namesWhatIsServedWhenASurrogateIsUnknown() {
        // When
        HttpResponse<byte[]> response = post("/v1/surrogates/stokes/predict", JSON, JSON, json("{}"));

        // Then
        assertThat(problem(response, 404).get("detail").asText()).contains("stokes", "burgers-fno", "darcy-fno");
    }

    private static void requireProblem(HttpResponse<byte[]> response, int status, String expected, String actual) {
        JsonNode problem = problem(response, status);
        assertThat(problem.get("field").asText()).isEqualTo(FIELD);
        assertThat(problem.get("expected").asText()).contains(expected);
        assertThat(problem.get("actual").asText()).contains(actual);
        assertThat(problem.get("detail").asText()).contains(FIELD, expected, actual);
    }

    private static HttpResponse<byte[]> post(
            String path, String contentType, String accept, String shape, byte[] body) {
        return post(path + "?shape=" + shape, contentType, accept, body);
    }

    private static Arguments bad(String name, byte[] body, int status, String expected, String actual) {
        return Arguments.of(name, body, status, expected, actual);
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] npy(String descr, String shape, byte[] data) {
        return npy(descr, false, shape, data);
    }

    private static byte[] npy(String descr, boolean fortranOrder, String shape, byte[] data) {
        String dictionary = "{'descr': %s, 'fortran_order': %s, 'shape': %s, }\n"
                .formatted(descr, fortranOrder ? "True" : "False", shape);
        return ByteBuffer.allocate(10 + dictionary.length() + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) dictionary.length())
                .put(dictionary.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
    }

    private static byte[] hugeHeader() {
        return ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0})
                .putInt(1 << 30)
                .array();
    }

    private interface Element {
        void put(ByteBuffer buffer, int index);
    }

    private static byte[] filled(int bytes, ByteOrder order, Element element) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(order);
        for (int i = 0; buffer.hasRemaining(); i++) {
            element.put(buffer, i);
        }
        return buffer.array();
    }

    /** An NPZ of one entry: 64 x 64 in its header, then megabytes of zeros, a kilobyte each when deflated. */
    private static byte[] bomb(int megabytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        byte[] start = deflated(deflater, npy("'<f4'", "(64, 64)", new byte[1 << 20]));
        // From here on each megabyte of zeros deflates to the same bytes.
        byte[] zeros = deflated(deflater, new byte[1 << 20]);
        deflater.end();
        byte[] name = (FIELD + ".npy").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer archive = ByteBuffer.allocate(30 + name.length + start.length + megabytes * zeros.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x04034b50) // local file header
                .putShort((short) 20)
                .putShort((short) 8) // sizes come after the data
                .putShort((short) 8) // deflated
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putShort((short) name.length)
                .putShort((short) 0)
                .put(name)
                .put(start);
        while (archive.hasRemaining()) {
            archive.put(zeros);
        }
        return archive.array();
    }

    private static byte[] deflated(Deflater deflater, byte[] data) {
        deflater.setInput(data);
        byte[] target = new byte[data.length];
        int length = deflater.deflate(target, 0, target.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(target, length);
    }
}
