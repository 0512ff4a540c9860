package io.fieldserve.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.tensor.Shape;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.fieldserve.wire.Wire;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a monitoring system reads, against what callers were answered. */
@QuarkusTest
@TestProfile(Measured.class)
class MetricsTest extends ServiceTest {

    private static final byte[] BODY = TestArrays.npy(TestArrays.permeability(64, 64));
    private static final String[] REASONS = {"REJECTED", "CANCELED", "BACKEND", "OTHER"};
    private static final String[] DARCY = {"model", "darcy-fno", "version", "1"};

    static Exposition scrape() {
        HttpResponse<byte[]> response = get("/q/metrics", "text/plain");
        assertThat(response.statusCode()).isEqualTo(200);
        return Exposition.read(new String(response.body(), StandardCharsets.UTF_8));
    }

    @BeforeEach
    void nothingIsInFlight() {
        Awaitility.await().until(() -> scrape().value("fieldserve_requests_in_flight") == 0);
    }

    @Test
    void countsWhatIsAnswered() {
        // Given one case, and three
        List<byte[]> bodies = List.of(BODY, TestArrays.npy(TestArrays.permeability(3, 64, 64)));
        Exposition before = scrape();

        // When
        List<HttpResponse<byte[]>> replies = new ArrayList<>();
        bodies.forEach(body -> replies.add(post(PREDICT_DARCY, NPY, JSON, body)));

        // Then
        Exposition after = scrape();
        assertThat(added("nv_inference_request_success", before, after, DARCY)).isEqualTo(2);
        assertThat(failed(before, after))
                .containsOnlyKeys(REASONS)
                .allSatisfy((reason, count) -> assertThat(count).isZero());
        assertThat(added("nv_inference_count", before, after, DARCY)).isEqualTo(4);
        assertThat(added("nv_inference_exec_count", before, after, DARCY)).isEqualTo(2);
        assertThat(added("fieldserve_batch_cases_count", before, after, DARCY)).isEqualTo(2);
        assertThat(added("fieldserve_batch_cases_sum", before, after, DARCY)).isEqualTo(4);
        assertThat(added("fieldserve_batch_cases_bucket", before, after, bucket("1.0")))
                .isEqualTo(1);
        assertThat(added("fieldserve_batch_cases_bucket", before, after, bucket("4.0")))
                .isEqualTo(2);
        double queued = timed(replies, "queue");
        double ran = timed(replies, "infer");
        // The header drops what is below a microsecond.
        assertThat(added("fieldserve_queue_seconds_sum", before, after, DARCY)).isCloseTo(queued / 1e3, within(2e-6));
        assertThat(added("fieldserve_infer_seconds_sum", before, after, DARCY)).isCloseTo(ran / 1e3, within(2e-6));
        assertThat(added("nv_inference_queue_duration_us", before, after, DARCY))
                .isCloseTo(queued * 1e3, within(2.0));
        assertThat(added("nv_inference_compute_infer_duration_us", before, after, DARCY))
                .isCloseTo(ran * 1e3, within(2.0));
        assertThat(added("fieldserve_encode_seconds_sum", before, after, DARCY))
                .isCloseTo(timed(replies, "encode") / 1e3, within(2e-6));
        assertThat(added("fieldserve_queue_seconds_count", before, after, DARCY))
                .isEqualTo(2);
        assertThat(added("fieldserve_encode_seconds_count", before, after, DARCY))
                .isEqualTo(2);
        assertThat(added("fieldserve_infer_seconds_count", before, after, DARCY))
                .isEqualTo(2);
    }

    @Test
    void measuresTrust() {
        // Given an example, and a permeability that no training case had
        byte[] example = get("/v1/surrogates/darcy-fno/example?seed=5", NPY).body();
        byte[] strange = TestArrays.npy(TestArrays.filled(Shape.of(2, 64, 64), i -> 1000));
        Exposition before = scrape();

        // When
        List<JsonNode> cases = new ArrayList<>();
        for (byte[] body : List.of(example, strange)) {
            json(post(PREDICT_DARCY, NPY, JSON, body)).at("/trust/cases").forEach(cases::add);
        }

        // Then
        Exposition after = scrape();
        assertThat(cases).hasSize(3);
        assertThat(added("fieldserve_cases_total", before, after, trusted("true")))
                .isEqualTo(1);
        assertThat(added("fieldserve_cases_total", before, after, trusted("false")))
                .isEqualTo(2);
        List<Double> scores = cases.stream()
                .map(one -> one.at("/spread/pressure/score").asDouble())
                .toList();
        assertThat(scores).allMatch(score -> score > 0);
        String[] spread = {"model", "darcy-fno", "version", "1", "field", "pressure"};
        assertThat(added("fieldserve_spread_sum", before, after, spread))
                .isCloseTo(scores.stream().mapToDouble(score -> score).sum(), within(1e-9));
        assertThat(added("fieldserve_spread_count", before, after, spread)).isEqualTo(3);
        String[] small = {"model", "darcy-fno", "version", "1", "field", "pressure", "le", "0.005"};
        assertThat(added("fieldserve_spread_bucket", before, after, small))
                .isEqualTo(
                        (double) scores.stream().filter(score -> score <= 0.005).count())
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/surrogates/darcy-fno/predict,                 [[1, 400, malformed-body",
        "/v1/surrogates/darcy-fno/predict,                 '{\"inputs\": {\"permeability\": [[3]]}}', 422, invalid-input",
        "/v1/surrogates/stokes/predict,                    {}, 404, unknown-surrogate",
        "/v1/surrogates/darcy-fno/predict?priority=utmost, {}, 400, invalid-parameter",
        "/v2/models/stokes/infer,                          {}, 404, unknown-surrogate",
        "/v1/nothing,                                      {}, 404, not-found"
    })
    void countsWhatIsRefused(String path, String body, int status, String type) {
        // Given
        Exposition before = scrape();

        // When
        HttpResponse<byte[]> reply = post(path, JSON, JSON, body.getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(reply.statusCode()).isEqualTo(status);
        Exposition after = scrape();
        assertThat(added("fieldserve_problems_total", before, after, "type", type))
                .isEqualTo(1);
        assertThat(all("fieldserve_problems_total", after) - all("fieldserve_problems_total", before))
                .isEqualTo(1);
    }

    @Test
    void countsWhatCanNotBeReadOrWritten() {
        // Given
        Exposition before = scrape();

        // When
        int unread = post(PREDICT_DARCY, "text/csv", JSON, BODY).statusCode();
        int unwritten = post(PREDICT_DARCY, NPY, "text/csv", BODY).statusCode();

        // Then
        assertThat(List.of(unread, unwritten)).containsExactly(415, 406);
        Exposition after = scrape();
        assertThat(added("fieldserve_problems_total", before, after, "type", "unsupported-media-type"))
                .isEqualTo(1);
        assertThat(added("fieldserve_problems_total", before, after, "type", "not-acceptable"))
                .isEqualTo(1);
    }

    @Test
    void countsPredictionsThatFail() {
        // Given
        Exposition before = scrape();

        // When a level is asked for that was never calibrated
        HttpResponse<byte[]> reply = post(PREDICT_DARCY + "?level=0.123", NPY, NPY, BODY);

        // Then
        problem(reply, 400);
        Exposition after = scrape();
        assertThat(failed(before, after))
                .isEqualTo(Map.of("REJECTED", 0.0, "CANCELED", 0.0, "BACKEND", 0.0, "OTHER", 1.0));
        assertThat(added("nv_inference_request_success", before, after, DARCY)).isZero();
    }

    @Test
    void showsWhatIsHeldAndWhatIsOverTheLimit() throws IOException {
        // Given as many requests as may be, which keep their bodies back
        Exposition before = scrape();
        try (Wire first = new Wire();
                Wire second = new Wire()) {
            for (Wire held : List.of(first, second)) {
                held.head("", NPY, NPY, "Content-Length: " + BODY.length, "Expect: 100-continue");
                assertThat(held.interim()).isEqualTo("HTTP/1.1 100 Continue");
            }

            // When
            HttpResponse<byte[]> refused = post(PREDICT_DARCY, NPY, NPY, BODY);

            // Then
            problem(refused, 429);
            Exposition full = scrape();
            assertThat(full.value("fieldserve_requests_in_flight")).isEqualTo(2);
            assertThat(full.value("fieldserve_requests_in_flight_limit")).isEqualTo(2);
            assertThat(full.value("fieldserve_request_in_flight_bytes")).isEqualTo(2 * BODY.length);
            assertThat(full.value("fieldserve_request_in_flight_limit_bytes")).isEqualTo(512 << 20);
            assertThat(added("fieldserve_problems_total", before, full, "type", "overloaded"))
                    .isEqualTo(1);
            for (Wire held : List.of(first, second)) {
                held.send(BODY);
                assertThat(held.reply().status()).isEqualTo(200);
            }
        }
        Awaitility.await().untilAsserted(() -> {
            Exposition idle = scrape();
            assertThat(idle.value("fieldserve_requests_in_flight")).isZero();
            assertThat(idle.value("fieldserve_request_in_flight_bytes")).isZero();
            assertThat(idle.value("fieldserve_slabs_outstanding")).isZero();
            assertThat(idle.value("fieldserve_slabs_outstanding_bytes")).isZero();
            assertThat(idle.value("fieldserve_backlog_seconds")).isZero();
            assertThat(idle.value("fieldserve_slabs_retained_bytes")).isPositive();
        });
    }

    @Test
    void forgetsWhatIsUnloaded() {
        // Given
        assertThat(models()).contains("burgers-fno");

        // When
        HttpResponse<byte[]> unloaded = control("unload");

        // Then
        assertThat(unloaded.statusCode()).isEqualTo(200);
        assertThat(models()).contains("darcy-fno").doesNotContain("burgers-fno");
        assertThat(scrape().value("fieldserve_versions", "state", "unloaded")).isEqualTo(1);
        assertThat(control("load").statusCode()).isEqualTo(200);
        assertThat(models()).contains("darcy-fno", "burgers-fno");
        assertThat(scrape().value("fieldserve_versions", "state", "unloaded")).isZero();
        assertThat(scrape().value("fieldserve_queue_seconds_count", "model", "burgers-fno", "version", "1"))
                .isZero();
    }

    @Test
    void keepsWhatCallersMakeUpOutOfTheLabels() {
        // Given
        String invention = "/v1/surrogates/xyzzy/predict";

        // When
        send(request(invention).header("Accept", "///").POST(BodyPublishers.noBody()));
        send(request(invention).method("XYZZY", BodyPublishers.noBody()));
        send(request("/xyzzy").GET());

        // Then
        assertThat(scrape().series())
                .filteredOn(series -> series.name().startsWith("http_server"))
                .isNotEmpty()
                .noneMatch(series -> series.labels().values().stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("xyzzy")));
        assertThat(scrape().series())
                .extracting(series -> series.labels().getOrDefault("uri", ""))
                .contains("/v1/surrogates/{name}/predict", "UNKNOWN", "NOT_FOUND");
    }

    @Test
    void tellsARejectedPredictionFromOthers() {
        // Given
        Exposition before = scrape();

        // When it may not even wait for a thread
        HttpResponse<byte[]> reply = post(PREDICT_DARCY + "?timeout=0.000000001", NPY, NPY, BODY);

        // Then
        problem(reply, 504);
        assertThat(failed(before, scrape()))
                .isEqualTo(Map.of("REJECTED", 1.0, "CANCELED", 0.0, "BACKEND", 0.0, "OTHER", 0.0));
    }

    /** How many predictions of Darcy's surrogate failed in between, for each reason there is. */
    private static Map<String, Double> failed(Exposition before, Exposition after) {
        return after.series().stream()
                .filter(series -> series.name().equals("nv_inference_request_failure")
                        && series.labels().get("model").equals("darcy-fno"))
                .collect(Collectors.toMap(
                        series -> series.labels().get("reason"), series -> after.value(series) - before.value(series)));
    }

    private static List<String> models() {
        return scrape().series().stream()
                .map(series -> series.labels().getOrDefault("model", ""))
                .distinct()
                .toList();
    }

    private static HttpResponse<byte[]> control(String action) {
        return post("/v2/repository/models/burgers-fno/" + action, JSON, JSON, new byte[0]);
    }

    private static String[] bucket(String bound) {
        return new String[] {"model", "darcy-fno", "version", "1", "le", bound};
    }

    private static String[] trusted(String trusted) {
        return new String[] {"model", "darcy-fno", "version", "1", "trusted", trusted};
    }

    private static double added(String name, Exposition before, Exposition after, String... labels) {
        return after.value(name, labels) - before.valueOrZero(name, labels);
    }

    private static double all(String name, Exposition scrape) {
        return scrape.series().stream()
                .filter(series -> series.name().equals(name))
                .mapToDouble(scrape::value)
                .sum();
    }

    /** Milliseconds under a name of the standard header, summed over replies. */
    private static double timed(List<HttpResponse<byte[]>> replies, String name) {
        Pattern duration = Pattern.compile(name + ";dur=([0-9.]+)");
        return replies.stream()
                .map(reply -> reply.headers().firstValue("Server-Timing").orElseThrow())
                .map(duration::matcher)
                .filter(Matcher::find)
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }
}
