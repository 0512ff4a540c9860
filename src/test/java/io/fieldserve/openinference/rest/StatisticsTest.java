package io.fieldserve.openinference.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Counts go up by what was sent. Others may have sent before. */
@QuarkusTest
class StatisticsTest extends ServiceTest {

    private static final String STATS = "/v2/models/burgers-fno/versions/1/stats";

    @Test
    void countsCasesAndRunsAndTheirSizes() {
        // Given
        JsonNode before = statistics(STATS);
        long start = System.currentTimeMillis();

        // When: three requests, one after another, of 3, 3 and 1 cases
        inferCases(3);
        inferCases(3);
        inferCases(1);

        // Then
        JsonNode after = statistics(STATS);
        assertThat(grown(before, after, "inference_count")).isEqualTo(7);
        assertThat(grown(before, after, "execution_count")).isEqualTo(3);
        assertThat(after.get("last_inference").asLong()).isBetween(start, System.currentTimeMillis());
        for (String part : List.of("success", "queue", "compute_input", "compute_infer", "compute_output")) {
            assertThat(grown(before, after, "/inference_stats/" + part + "/count"))
                    .as(part)
                    .isEqualTo(3);
        }
        for (String part : List.of("fail", "cache_hit", "cache_miss")) {
            assertThat(grown(before, after, "/inference_stats/" + part + "/count"))
                    .as(part)
                    .isZero();
        }
        long spent = grown(before, after, "/inference_stats/success/ns");
        long running = grown(before, after, "/inference_stats/compute_infer/ns");
        assertThat(running).isPositive();
        assertThat(spent).isGreaterThanOrEqualTo(running);
        assertThat(runs(after, 3) - runs(before, 3)).isEqualTo(2);
        assertThat(runs(after, 1) - runs(before, 1)).isEqualTo(1);
    }

    @Test
    void countsWhatRanOutOfTimeAsAFailure() {
        // Given
        JsonNode before = statistics(STATS);

        // When
        InferExchange.error(
                InferExchange.infer(
                        InferExchange.BURGERS,
                        InferExchange.jsonRequest(InferExchange.WAVE, "\"parameters\": {\"timeout\": 1}")),
                503);

        // Then
        JsonNode after = statistics(STATS);
        assertThat(grown(before, after, "/inference_stats/fail/count")).isEqualTo(1);
        assertThat(grown(before, after, "/inference_stats/success/count")).isZero();
        assertThat(grown(before, after, "inference_count")).isZero();
    }

    @Test
    void saysTheSameOfAVersionWhicheverWayItIsAsked() {
        // Given
        inferCases(1);

        // When
        JsonNode all = json(get("/v2/models/stats", JSON)).get("model_stats");

        // Then
        assertThat(all)
                .extracting(version -> version.get("name").asText() + "/"
                        + version.get("version").asText())
                .containsExactly("burgers-fno/1", "darcy-fno/1");
        assertThat(all.get(0)).isEqualTo(statistics(STATS)).isEqualTo(statistics("/v2/models/burgers-fno/stats"));
    }

    private static void inferCases(int cases) {
        float[] values = new float[cases * 64];
        Arrays.fill(values, 0.5f);
        byte[] tensor = InferExchange.bytes(values);
        InferExchange.answer(InferExchange.infer(
                InferExchange.BURGERS,
                InferExchange.binaryRequest("[" + cases + ", 64]", "FP32", tensor.length),
                tensor));
    }

    private static JsonNode statistics(String path) {
        JsonNode versions = json(get(path, JSON)).get("model_stats");
        assertThat(versions).hasSize(1);
        return versions.get(0);
    }

    /** By how much a member, or what a pointer leads to, went up. */
    private static long grown(JsonNode before, JsonNode after, String path) {
        String pointer = path.startsWith("/") ? path : "/" + path;
        return after.at(pointer).asLong() - before.at(pointer).asLong();
    }

    /** How many batches of a size have run. */
    private static long runs(JsonNode statistics, int size) {
        return StreamSupport.stream(statistics.get("batch_stats").spliterator(), false)
                .filter(batch -> batch.get("batch_size").asInt() == size)
                .mapToLong(batch -> batch.at("/compute_infer/count").asLong())
                .sum();
    }
}
