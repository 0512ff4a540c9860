package io.fieldserve.openinference.rest;

import static io.fieldserve.openinference.rest.InferExchange.BURGERS;
import static io.fieldserve.openinference.rest.InferExchange.WAVE;
import static io.fieldserve.openinference.rest.InferExchange.answer;
import static io.fieldserve.openinference.rest.InferExchange.bytes;
import static io.fieldserve.openinference.rest.InferExchange.error;
import static io.fieldserve.openinference.rest.InferExchange.join;
import static io.fieldserve.openinference.rest.InferExchange.jsonRequest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed bodies. {@code deflate} is the format of zlib, as RFC 9110 says and Triton's clients send it. */
@QuarkusTest
class EncodingTest extends ServiceTest {

    private static final byte[] JSON_BODY = jsonRequest(WAVE).getBytes(UTF_8);
    private static final byte[] BINARY_HEAD =
            InferExchange.binaryRequest("[64]", "FP32", 256).getBytes(UTF_8);
    private static final byte[] BINARY_BODY = join(BINARY_HEAD, bytes(WAVE));

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "GZIP", "Deflate", "identity"})
    void readsCompressedBodies(String coding) {
        // When: the length of the JSON is that of what is inside
        HttpResponse<byte[]> json = post(coding, encode(coding, JSON_BODY));
        HttpResponse<byte[]> binary = post(
                coding, encode(coding, BINARY_BODY), InferExchange.JSON_LENGTH, Integer.toString(BINARY_HEAD.length));

        // Then
        byte[] expected = InferExchange.infer(BURGERS, jsonRequest(WAVE)).body();
        assertThat(answer(json).json()).isEqualTo(InferExchange.parse(expected));
        assertThat(answer(binary).json()).isEqualTo(InferExchange.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({"gzip, gzip", "deflate, deflate", "'deflate, gzip;q=0.5', deflate", "'gzip, deflate', gzip"})
    void compressesJson(String accepted, String coding) throws IOException {
        // When
        HttpResponse<byte[]> response =
                send(request(BURGERS).header("Accept-Encoding", accepted).POST(BodyPublishers.ofByteArray(JSON_BODY)));

        // Then
        assertThat(response.headers().firstValue("Content-Encoding")).hasValue(coding);
        assertThat(String.join(",", response.headers().allValues("Vary"))).contains("Accept-Encoding");
        ByteArrayInputStream compressed = new ByteArrayInputStream(response.body());
        byte[] json = (coding.equals("gzip") ? new GZIPInputStream(compressed) : new InflaterInputStream(compressed))
                .readAllBytes();
        assertThat(response.body()).hasSizeLessThan(json.length);
        assertThat(json)
                .isEqualTo(InferExchange.infer(BURGERS, jsonRequest(WAVE)).body());
    }

    @Test
    void doesNotCompressBytes() {
        // Given
        String request = jsonRequest(WAVE, "\"parameters\": {\"binary_data_output\": true}");

        // When
        HttpResponse<byte[]> response = send(
                request(BURGERS).header("Accept-Encoding", "gzip, deflate").POST(BodyPublishers.ofString(request)));

        // Then
        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(answer(response).outputs()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "compress", "gzip, gzip", "x", ""})
    void refusesOtherCodings(String coding) {
        // When
        HttpResponse<byte[]> response = post(coding, JSON_BODY);

        // Then
        assertThat(error(response, 415)).contains("Content-Encoding must be one of");
        assertThat(response.headers().firstValue("Accept-Encoding")).hasValue("gzip, deflate, identity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void refusesWhatIsCutShortOrNotCompressed(String coding) {
        // Given
        byte[] whole = encode(coding, JSON_BODY);

        // When
        HttpResponse<byte[]> cut = post(coding, Arrays.copyOf(whole, whole.length - 9));
        HttpResponse<byte[]> plain = post(coding, JSON_BODY);
        HttpResponse<byte[]> none = post(coding, new byte[0]);

        // Then
        assertThat(error(cut, 400)).contains("cut short or damaged");
        assertThat(error(plain, 400)).contains("cut short or damaged");
        assertThat(error(none, 400)).isNotEmpty();
    }

    @Test
    void refusesTheBareFormatThatIsNotWhatDeflateMeans() throws IOException {
        // Given
        ByteArrayOutputStream bare = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate =
                new DeflaterOutputStream(bare, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            deflate.write(JSON_BODY);
        }

        // When
        HttpResponse<byte[]> response = post("deflate", bare.toByteArray());

        // Then
        assertThat(error(response, 400)).contains("cut short or damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void refusesWhatInflatesBeyondTheLimit(String coding) {
        // Given: a thousandth of what it inflates to, 65 MiB, where 64 are allowed
        byte[] spaces = new byte[65 << 20];
        Arrays.fill(spaces, (byte) ' ');

        // When
        HttpResponse<byte[]> response = post(coding, encode(coding, spaces));

        // Then
        assertThat(error(response, 413)).contains("67108864 bytes");
    }

    private static HttpResponse<byte[]> post(String coding, byte[] body, String... headers) {
        HttpRequest.Builder request =
                request(BURGERS).header("Content-Encoding", coding).POST(BodyPublishers.ofByteArray(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static byte[] encode(String coding, byte[] content) {
        if (coding.equalsIgnoreCase("gzip")) {
            return TestArrays.gzip(content);
        }
        if (!coding.equalsIgnoreCase("deflate")) {
            return content;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(compressed)) {
            deflate.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
