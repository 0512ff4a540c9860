package io.fieldserve.server.tracing;

import io.fieldserve.batching.BatchTiming;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.Trails.Trail;
import io.fieldserve.wire.Problems;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;

/**
 * The spans of one prediction. They cross from the thread of whoever asked to the one that runs it as this object, never by
 * the thread.
 *
 * @param inside the context of what happens in {@code predict}
 */
record PredictionSpans(Context inside, Attributes model, Span predict, Span queue) implements Trail {

    private static final double NANOS = 1e9;

    /** It no longer waits: this batch holds it. */
    void running(SpanContext batch) {
        queue.end();
        predict.addLink(batch);
    }

    @Override
    public void answered(Prediction prediction) {
        BatchTiming timing = prediction.timing();
        predict.setAttribute(SpanAttributes.BATCH_CASES, timing.items());
        predict.setAttribute(SpanAttributes.QUEUE_DURATION, timing.queuedNanos() / NANOS);
        predict.setAttribute(SpanAttributes.INFER_DURATION, timing.runNanos() / NANOS);
        predict.setAttribute(SpanAttributes.TRUSTED, prediction.trust().trusted());
        predict.end();
    }

    @Override
    public void failed(Throwable why) {
        // Ends what waited until it was dropped; of what ran, it has ended.
        queue.end();
        if (why instanceof FailureException refused) {
            predict.setAttribute(
                    SpanAttributes.PROBLEM, Problems.of(refused.failure()).kind());
        }
        predict.setStatus(StatusCode.ERROR);
        predict.end();
    }
}
