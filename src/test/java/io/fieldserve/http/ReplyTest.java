package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How replies are sent. */
@QuarkusTest
class ReplyTest extends ServiceTest {

    private static final String MILLISECONDS = "dur=[0-9]+\\.[0-9]{3}";

    @Test
    void aLargeOneIsMadeWhileItIsSent() {
        // Given
        byte[] body = TestArrays.npy(TestArrays.permeability(512, 512));
        Map<String, Tensor> arrays =
                TestArrays.readNpz(post(PREDICT_DARCY, NPY, NPZ, body).body(), List.of("mean", "std"));

        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY, NPY, JSON, body);

        // Then its length is known to nobody beforehand, and its numbers are those of the archive
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Transfer-Encoding")).hasValue("chunked");
        assertThat(response.headers().firstValue("Content-Length")).isEmpty();
        assertThat(response.headers().firstValue("Server-Timing").orElseThrow()).contains("encode;dur=");
        JsonNode field = json(response).get("outputs").get("pressure");
        assertNumbers(field.get("mean"), arrays.get("mean"));
        assertNumbers(field.get("std"), arrays.get("std"));
    }

    @Test
    void aSmallOneIsSentWithItsLength() {
        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY, NPY, JSON, TestArrays.npy(TestArrays.permeability(64, 64)));

        // Then
        assertThat(response.headers().firstValue("Content-Length")).hasValue(Integer.toString(response.body().length));
        assertThat(response.headers().firstValue("Transfer-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, NPY, NPZ, RAW})
    void everyOneSaysWhereItsTimeWent(String accept) {
        // When
        HttpResponse<byte[]> response =
                post(PREDICT_DARCY, NPY, accept, TestArrays.npy(TestArrays.permeability(3, 64, 64)));

        // Then: nobody else's cases can be in its batch, but those of this request are
        assertThat(response.headers().allValues("Server-Timing"))
                .singleElement()
                .asString()
                .matches("decode;%1$s, queue;%1$s, batch;desc=3, infer;%1$s, encode;%1$s".formatted(MILLISECONDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {NPY, NPZ, RAW})
    void aBinaryOneSaysWhyItIsNotTrusted(String accept) {
        // Given a grid that was not calibrated, and two cases for which that is said once
        byte[] body = TestArrays.npy(TestArrays.permeability(2, 40, 40));
        JsonNode trust = json(post(PREDICT_DARCY, NPY, JSON, body)).get("trust");

        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY, NPY, accept, body);

        // Then
        assertThat(response.headers().firstValue("Fieldserve-Trusted")).hasValue("?0");
        assertThat(response.headers().firstValue("Fieldserve-Trust-Reasons").orElseThrow())
                .contains("\"" + trust.at("/cases/0/reasons/0").asText() + "\"")
                .containsOnlyOnce("was not calibrated on grid");
    }

    private static void assertNumbers(JsonNode rows, Tensor expected) {
        float[] numbers = new float[512 * 512];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = rows.get(i / 512).get(i % 512).floatValue();
        }
        float[] all = new float[numbers.length];
        expected.floats().get(all);
        assertThat(rows).hasSize(512);
        assertThat(numbers).isEqualTo(all);
    }
}
