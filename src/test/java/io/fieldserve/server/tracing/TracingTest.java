package io.fieldserve.server.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a collector is told of requests, against what callers sent and were answered. */
@QuarkusTest
@TestProfile(Traced.class)
class TracingTest extends ServiceTest {

    private static final String REQUEST = "POST /v1/surrogates/{name}/predict";

    private static final Tensor ONE = TestArrays.permeability(64, 64);
    private static final Tensor TWO = TestArrays.permeability(2, 64, 64);

    @Inject
    InMemorySpanExporter exporter;

    @Test
    void aBatchLinksTheRequestsThatItHolds() {
        // Given two requests of one case each, which fill a batch
        List<Trace> traces = List.of(Trace.begin(exporter), Trace.begin(exporter));

        // When
        List<CompletableFuture<HttpResponse<byte[]>>> replies = traces.stream()
                .map(trace -> CompletableFuture.supplyAsync(() -> send(traced(trace, "", ONE))))
                .toList();

        // Then
        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.join().statusCode()).isEqualTo(200));
        List<SpanData> predictions =
                traces.stream().map(trace -> trace.span("predict")).toList();
        SpanData batch = traces.stream()
                .flatMap(trace -> trace.spans().stream())
                .filter(span -> span.getName().equals("batch"))
                .reduce((one, other) -> {
                    throw new AssertionError("two batches");
                })
                .orElseThrow();
        assertThat(batch.getLinks())
                .extracting(link -> link.getSpanContext().getSpanId())
                .containsExactlyInAnyOrderElementsOf(
                        predictions.stream().map(SpanData::getSpanId).toList());
        assertThat(batch.getAttributes().get(SpanAttributes.SURROGATE)).isEqualTo("darcy-fno");
        assertThat(batch.getAttributes().get(SpanAttributes.VERSION)).isEqualTo(1);
        assertThat(batch.getAttributes().get(SpanAttributes.GRID)).containsExactly(64L, 64L);
        assertThat(batch.getAttributes().get(SpanAttributes.BATCH_CASES)).isEqualTo(2);
        assertThat(batch.getAttributes().get(SpanAttributes.BATCH_REQUESTS)).isEqualTo(2);
        assertThat(predictions)
                .anyMatch(prediction -> prediction.getSpanId().equals(batch.getParentSpanId()))
                .allSatisfy(prediction -> assertThat(prediction.getLinks())
                        .extracting(LinkData::getSpanContext)
                        .extracting(link -> link.getSpanId())
                        .containsExactly(batch.getSpanId()));
    }

    @Test
    void aRequestContinuesItsCallersTrace() {
        // Given
        Trace trace = Trace.begin(exporter);

        // When
        HttpResponse<byte[]> reply = send(traced(trace, "", TWO).header("tracestate", "site=a7"));

        // Then
        assertThat(reply.statusCode()).isEqualTo(200);
        SpanData request = trace.span(REQUEST);
        SpanData predict = trace.span("predict");
        assertThat(request.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(request.getParentSpanId()).isEqualTo(trace.parent());
        assertThat(predict.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(trace.span("encode").getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(trace.span("queue").getParentSpanId()).isEqualTo(predict.getSpanId());
        assertThat(trace.span("batch").getParentSpanId()).isEqualTo(predict.getSpanId());
        assertThat(trace.spans())
                .hasSize(5)
                .allSatisfy(
                        span -> assertThat(span.getSpanContext().getTraceState().get("site"))
                                .isEqualTo("a7"));
    }

    @Test
    void aPredictionSaysHowItWent() {
        // Given
        Trace trace = Trace.begin(exporter);

        // When
        HttpResponse<byte[]> reply = send(traced(trace, "", TWO));

        // Then
        SpanData predict = trace.span("predict");
        assertThat(predict.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(predict.getAttributes().get(SpanAttributes.CASES)).isEqualTo(2);
        assertThat(predict.getAttributes().get(SpanAttributes.BATCH_CASES)).isEqualTo(2);
        assertThat(predict.getAttributes().get(SpanAttributes.TRUSTED))
                .isEqualTo(json(reply).at("/trust/cases/0/trusted").asBoolean());
        String timing = reply.headers().firstValue("Server-Timing").orElseThrow();
        assertThat(timing)
                .contains(millis("queue", predict.getAttributes().get(SpanAttributes.QUEUE_DURATION)))
                .contains(millis("infer", predict.getAttributes().get(SpanAttributes.INFER_DURATION)));
    }

    @Test
    void whatWasDroppedHasFailedAndHasNoBatch() {
        // Given one case, which would have to wait for another
        Trace trace = Trace.begin(exporter);

        // When
        HttpResponse<byte[]> reply = send(traced(trace, "?timeout=0.001", ONE));

        // Then
        problem(reply, 504);
        assertThat(List.of(trace.span(REQUEST), trace.span("predict"))).allSatisfy(span -> {
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getAttributes().get(SpanAttributes.PROBLEM)).isEqualTo("deadline-exceeded");
        });
        assertThat(trace.spans()).extracting(SpanData::getName).containsExactlyInAnyOrder(REQUEST, "predict", "queue");
    }

    @Test
    void whatIsNotSampledLeavesNothing() {
        // Given
        Trace unsampled = Trace.begin(exporter);
        Trace later = Trace.begin(exporter);

        // When
        HttpResponse<byte[]> reply = send(request(PREDICT_DARCY)
                .header("traceparent", unsampled.traceparent(false))
                .header("Content-Type", NPY)
                .POST(BodyPublishers.ofByteArray(TestArrays.npy(TWO))));

        // Then it is out before what ends later
        assertThat(reply.statusCode()).isEqualTo(200);
        send(traced(later, "", TWO));
        later.span(REQUEST);
        assertThat(unsampled.spans()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?key=sesame", "?level=sesame"})
    void nothingOfAQueryAHeaderOrABodyIsTold(String query) {
        // Given
        Trace trace = Trace.begin(exporter);

        // When
        send(request(PREDICT_DARCY + query)
                .header("traceparent", trace.traceparent(true))
                .header("Content-Type", JSON)
                .header("User-Agent", "sesame")
                .header("Authorization", "Bearer sesame")
                .header("X-Forwarded-For", "sesame")
                .header("X-Forwarded-Host", "sesame")
                .header("X-Forwarded-Proto", "sesame")
                .POST(BodyPublishers.ofString("sesame")));

        // Then
        SpanData request = trace.span(REQUEST);
        assertThat(request.getAttributes().asMap().toString()).doesNotContain("sesame");
        assertThat(request.getEvents()).isEmpty();
    }

    @Test
    void histogramsNameARequestForEachBucket() {
        // Given
        Trace trace = Trace.begin(exporter);
        send(traced(trace, "", TWO));

        // When
        HttpResponse<byte[]> scrape = get("/q/metrics", "application/openmetrics-text;version=1.0.0,*/*;q=0.1");

        // Then
        String text = new String(scrape.body(), StandardCharsets.UTF_8);
        Set<String> known = exporter.getFinishedSpanItems().stream()
                .map(SpanData::getTraceId)
                .collect(Collectors.toSet());
        trace.span(REQUEST);
        for (String histogram : List.of("queue_seconds", "infer_seconds", "encode_seconds", "batch_cases", "spread")) {
            assertThat(exemplars(text, "fieldserve_" + histogram))
                    .as(histogram)
                    .isNotEmpty()
                    .allMatch(id -> id.equals(trace.id()) || known.contains(id));
        }
    }

    private static List<String> exemplars(String scrape, String histogram) {
        Pattern exemplar =
                Pattern.compile("%s_bucket\\{.*} \\S+ # \\{.*trace_id=\"([0-9a-f]{32})\".*} .*".formatted(histogram));
        return scrape.lines()
                .map(exemplar::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .toList();
    }

    private static HttpRequest.Builder traced(Trace trace, String query, Tensor body) {
        return request(PREDICT_DARCY + query)
                .header("traceparent", trace.traceparent(true))
                .header("Content-Type", NPY)
                .header("Accept", JSON)
                .POST(BodyPublishers.ofByteArray(TestArrays.npy(body)));
    }

    /** A span's seconds as the header has them: in milliseconds, cut off at the third digit. */
    private static String millis(String name, double seconds) {
        long micros = Math.round(seconds * 1e9) / 1000;
        return "%s;dur=%d.%03d".formatted(name, micros / 1000, micros % 1000);
    }
}
