package io.fieldserve.server.tracing;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Blots out what the framework takes from a request's query, headers and made-up methods before a span is seen by anyone. An
 * attribute can't be taken back, only overwritten.
 */
@Singleton
final class Discretion implements SpanProcessor {

    static final String NOTHING = "-";

    private static final List<AttributeKey<String>> FROM_CALLERS = List.of(
            stringKey("url.query"),
            stringKey("user_agent.original"),
            stringKey("http.request.method_original"),
            // From Host, Forwarded and the like.
            stringKey("server.address"),
            stringKey("client.address"),
            stringKey("url.scheme"));

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        for (AttributeKey<String> key : FROM_CALLERS) {
            if (span.getAttribute(key) != null) {
                span.setAttribute(key, NOTHING);
            }
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
