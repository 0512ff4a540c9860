package io.fieldserve.server.tracing;

import io.fieldserve.prediction.Trails;
import io.fieldserve.surrogate.Manifest;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;

/**
 * A span {@code predict} for each prediction whose request is sampled, with {@code queue} inside, and one {@code batch} for
 * each run that holds any of them. The batch is inside the first of them and links all; each links the batch.
 */
final class SpanTrails implements Trails {

    private final Tracer tracer;

    SpanTrails(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public Trail begin(Manifest manifest, List<Integer> grid, int cases) {
        Context request = Context.current();
        if (!Span.fromContext(request).getSpanContext().isSampled()) {
            return Trail.NONE;
        }
        Attributes model = Attributes.of(
                SpanAttributes.SURROGATE,
                manifest.name(),
                SpanAttributes.VERSION,
                (long) manifest.version(),
                SpanAttributes.GRID,
                grid.stream().map(Integer::longValue).toList());
        Span predict = tracer.spanBuilder("predict")
                .setParent(request)
                .setAllAttributes(model)
                .setAttribute(SpanAttributes.CASES, (long) cases)
                .startSpan();
        Context inside = request.with(predict);
        Span queue = tracer.spanBuilder("queue").setParent(inside).startSpan();
        return new PredictionSpans(inside, model, predict, queue);
    }

    @Override
    public RunTrail run(int cases, List<Trail> held) {
        List<PredictionSpans> sampled = held.stream()
                .filter(PredictionSpans.class::isInstance)
                .map(PredictionSpans.class::cast)
                .toList();
        if (sampled.isEmpty()) {
            return RunTrail.NONE;
        }
        PredictionSpans first = sampled.getFirst();
        SpanBuilder batch = tracer.spanBuilder("batch")
                .setParent(first.inside())
                .setAllAttributes(first.model())
                .setAttribute(SpanAttributes.BATCH_CASES, (long) cases)
                .setAttribute(SpanAttributes.BATCH_REQUESTS, (long) held.size());
        sampled.forEach(prediction -> batch.addLink(prediction.predict().getSpanContext()));
        Span span = batch.startSpan();
        sampled.forEach(prediction -> prediction.running(span.getSpanContext()));
        return new RunSpan(span);
    }

    private record RunSpan(Span span) implements RunTrail {
        @Override
        public void succeeded() {
            span.end();
        }

        @Override
        public void failed() {
            span.setStatus(StatusCode.ERROR);
            span.end();
        }
    }
}
