package io.fieldserve.server.tracing;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longArrayKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/** What is said in spans: values that the service sets itself, as docs/operations.md lists them. */
final class SpanAttributes {

    static final AttributeKey<String> SURROGATE = stringKey("fieldserve.surrogate");
    static final AttributeKey<Long> VERSION = longKey("fieldserve.version");
    static final AttributeKey<List<Long>> GRID = longArrayKey("fieldserve.grid");
    static final AttributeKey<Long> CASES = longKey("fieldserve.cases");
    static final AttributeKey<Long> BATCH_CASES = longKey("fieldserve.batch.cases");
    static final AttributeKey<Long> BATCH_REQUESTS = longKey("fieldserve.batch.requests");
    static final AttributeKey<Boolean> TRUSTED = booleanKey("fieldserve.trusted");
    /** In seconds. */
    static final AttributeKey<Double> QUEUE_DURATION = doubleKey("fieldserve.queue.duration");
    /** In seconds. */
    static final AttributeKey<Double> INFER_DURATION = doubleKey("fieldserve.infer.duration");

    static final AttributeKey<String> PROBLEM = stringKey("fieldserve.problem");
    static final AttributeKey<String> INCIDENT = stringKey("fieldserve.incident");

    private SpanAttributes() {}
}
