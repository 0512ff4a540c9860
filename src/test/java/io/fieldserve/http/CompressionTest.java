package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON goes out as small as the caller can take it, and what comes in may be gzipped. */
@QuarkusTest
class CompressionTest extends ServiceTest {

    private static final String EXAMPLE = "/v1/surrogates/darcy-fno/example?seed=5&reference=true";
    private static final int MEBIBYTE = 1 << 20;

    @Test
    void gzipsJsonForACallerThatAsks() throws IOException {
        // Given
        byte[] plain = get(EXAMPLE, JSON).body();

        // When
        HttpResponse<byte[]> response = getAccepting("gzip, deflate", JSON);

        // Then
        assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(response.body()).hasSizeLessThan(plain.length / 2);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
                .isEqualTo(plain);
    }

    @Test
    void prefersZstd() throws IOException {
        // Given
        byte[] plain = get(EXAMPLE, JSON).body();

        // When
        HttpResponse<byte[]> response = getAccepting("gzip, deflate, br, zstd", JSON);

        // Then
        assertThat(response.headers().firstValue("Content-Encoding")).hasValue("zstd");
        assertThat(response.body()).hasSizeLessThan(plain.length / 2);
        assertThat(new ZstdInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
                .isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({"identity, " + JSON, "br, " + JSON, "gzip, " + NPZ, "'gzip, zstd', " + NPZ})
    void leavesTheRestAsItIs(String acceptEncoding, String accept) {
        // Given
        byte[] plain = get(EXAMPLE, accept).body();

        // When
        HttpResponse<byte[]> response = getAccepting(acceptEncoding, accept);

        // Then
        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(response.body()).isEqualTo(plain);
    }

    @Test
    void tellsCachesThatJsonDependsOnWhatIsAccepted() {
        // When
        HttpResponse<byte[]> response = get(EXAMPLE, JSON);

        // Then
        assertThat(String.join(",", response.headers().allValues("Vary"))).contains("Accept-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, NPY, NPZ})
    void readsAGzippedBody(String contentType) {
        // Given
        byte[] body =
                get("/v1/surrogates/darcy-fno/example?seed=5", contentType).body();
        byte[] expected = post(PREDICT_DARCY, contentType, RAW, body).body();

        // When
        HttpResponse<byte[]> response = postGzipped(contentType, TestArrays.gzip(body));

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(expected);
    }

    @Test
    void refusesABodyThatInflatesBeyondTheLimit() {
        // Given a thousandth of what it inflates to, 65 MiB, where 64 are allowed
        byte[] spaces = new byte[65 * MEBIBYTE];
        Arrays.fill(spaces, (byte) ' ');

        // When
        HttpResponse<byte[]> response = postGzipped(JSON, TestArrays.gzip(spaces));

        // Then
        assertThat(problem(response, 413).get("expected").asText()).isEqualTo("at most 67108864 bytes");
    }

    @Test
    void refusesAGzippedBodyThatIsCutShort() {
        // Given
        byte[] whole = TestArrays.gzip("{\"inputs\": {\"permeability\": [[3, 12]]}}".getBytes(StandardCharsets.UTF_8));

        // When
        HttpResponse<byte[]> response = postGzipped(JSON, Arrays.copyOf(whole, whole.length / 2));

        // Then
        assertThat(problem(response, 400).get("type").asText()).endsWith("malformed-body");
    }

    @Test
    void refusesABodyThatIsNotGzipped() {
        // When
        HttpResponse<byte[]> response = postGzipped(JSON, "{\"inputs\": {}}".getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(problem(response, 400).get("type").asText()).endsWith("malformed-body");
    }

    private static HttpResponse<byte[]> getAccepting(String acceptEncoding, String accept) {
        return send(request(EXAMPLE)
                .header("Accept", accept)
                .header("Accept-Encoding", acceptEncoding)
                .GET());
    }

    private static HttpResponse<byte[]> postGzipped(String contentType, byte[] body) {
        return send(request(PREDICT_DARCY)
                .header("Content-Type", contentType)
                .header("Content-Encoding", "gzip")
                .header("Accept", RAW)
                .POST(BodyPublishers.ofByteArray(body)));
    }
}
