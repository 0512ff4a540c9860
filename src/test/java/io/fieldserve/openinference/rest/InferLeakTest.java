package io.fieldserve.openinference.rest;

import static io.fieldserve.openinference.rest.InferExchange.BURGERS;
import static io.fieldserve.openinference.rest.InferExchange.WAVE;
import static io.fieldserve.openinference.rest.InferExchange.binaryRequest;
import static io.fieldserve.openinference.rest.InferExchange.bytes;
import static io.fieldserve.openinference.rest.InferExchange.infer;
import static io.fieldserve.openinference.rest.InferExchange.jsonRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Every inference gives back all the memory and the place it took, answered or refused, at whatever point. */
@QuarkusTest
class InferLeakTest extends ServiceTest {

    private static final byte[] TENSOR = bytes(WAVE);
    private static final String DATA = "\"data\": " + Arrays.toString(WAVE);

    @Inject
    SlabPool slabs;

    @Inject
    AdmissionGate gate;

    @Test
    void nothingOutlivesItsRequest() {
        // When
        Stream<HttpResponse<byte[]>> responses = Stream.of(
                infer(BURGERS, jsonRequest(WAVE)),
                infer(BURGERS, jsonRequest(WAVE, "\"parameters\": {\"binary_data_output\": true}")),
                infer(BURGERS, binaryRequest("[64]", "FP32", TENSOR.length), TENSOR),
                InferExchange.send(BURGERS, "0", TENSOR),
                infer(BURGERS, binaryRequest("[64]", "FP32", TENSOR.length), new byte[255]),
                infer(BURGERS, binaryRequest("[64]", "FP64", TENSOR.length), TENSOR),
                infer(BURGERS, jsonRequest(WAVE) + "x"),
                infer(BURGERS, InferExchange.request("[65]", "FP32", DATA)),
                infer(BURGERS, InferExchange.request("[64]", "BF16", DATA)),
                infer(BURGERS, InferExchange.request("[64]", "FP32", DATA + ", " + DATA)),
                infer(BURGERS, InferExchange.request("[64]", "FP32", DATA + ", \"shape\": \"x\"")),
                infer(BURGERS, jsonRequest(WAVE, "\"inputs\": [{" + DATA + "}]")),
                infer(BURGERS, jsonRequest(WAVE, "\"outputs\": [{\"name\": \"x\"}]")),
                infer(BURGERS, jsonRequest(WAVE, "\"parameters\": {\"binary_data_output\": 1}")),
                infer(BURGERS, jsonRequest(WAVE, "\"parameters\": {\"members\": 9}")),
                infer(BURGERS, jsonRequest(WAVE, "\"parameters\": {\"timeout\": 1}")),
                infer(BURGERS, jsonRequest(new float[] {1, 2, Float.NaN})),
                InferExchange.send(BURGERS, "0", new byte[3]));

        // Then
        assertThat(responses.map(HttpResponse::statusCode))
                .containsExactly(
                        200, 200, 200, 200, 400, 400, 400, 400, 400, 400, 400, 400, 400, 400, 400, 503, 400, 400);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(slabs.outstandingSlabs()).isZero();
            assertThat(gate.requests()).isZero();
            assertThat(gate.bytes()).isZero();
        });
    }
}
