package io.fieldserve.server.tracing;

import io.fieldserve.surrogate.Manifest;
import io.fieldserve.wire.EncodeListener;
import io.fieldserve.wire.Problem;
import io.fieldserve.wire.ProblemListener;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/** What becomes of a request outside of its prediction: a span {@code encode}, and which problem it was answered with. */
@Singleton
final class RequestSpans implements EncodeListener, ProblemListener {

    private final Tracer tracer;
    private final Clock clock = Clock.systemUTC();

    @Inject
    RequestSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void encoded(Manifest manifest, long nanos) {
        if (Span.current().isRecording()) {
            Instant end = clock.instant();
            tracer.spanBuilder("encode")
                    .setStartTimestamp(end.minusNanos(nanos))
                    .startSpan()
                    .end(end);
        }
    }

    @Override
    public void replying(Problem problem) {
        Span request = CallContext.request();
        request.setAttribute(SpanAttributes.PROBLEM, problem.kind());
        if (!problem.incident().isEmpty()) {
            request.setAttribute(SpanAttributes.INCIDENT, problem.incident());
        }
    }
}
