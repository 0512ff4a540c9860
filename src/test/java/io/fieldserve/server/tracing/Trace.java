package io.fieldserve.server.tracing;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;

/** A trace that a caller began, with what the service added to it. */
public record Trace(InMemorySpanExporter exporter, String id, String parent) {

    /** A new one. */
    public static Trace begin(InMemorySpanExporter exporter) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new Trace(
                exporter,
                TraceId.fromLongs(random.nextLong(), random.nextLong()),
                SpanId.fromLong(random.nextLong(1, Long.MAX_VALUE)));
    }

    /** The header of W3C Trace Context that goes with a request. */
    public String traceparent(boolean sampled) {
        return "00-%s-%s-%s".formatted(id, parent, sampled ? "01" : "00");
    }

    /** The spans that have come in. */
    public List<SpanData> spans() {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(id))
                .toList();
    }

    /** Waits for the one span of this name. */
    public SpanData span(String name) {
        Awaitility.await().until(() -> !named(name).isEmpty());
        return one(name);
    }

    private SpanData one(String name) {
        List<SpanData> named = named(name);
        if (named.size() != 1) {
            throw new AssertionError("expected one span " + name + ", got " + named);
        }
        return named.getFirst();
    }

    private List<SpanData> named(String name) {
        return spans().stream().filter(span -> span.getName().equals(name)).toList();
    }
}
