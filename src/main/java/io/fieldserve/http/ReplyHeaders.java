package io.fieldserve.http;

import io.fieldserve.prediction.IntervalStatement;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.Prediction.FieldPrediction;
import io.fieldserve.tensor.Shape;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What JSON says in its body, binary formats say in headers, as structured fields (RFC 9651). */
final class ReplyHeaders {

    static final String VERSION = "Fieldserve-Version";
    static final String TRUSTED = "Fieldserve-Trusted";
    static final String INTERVAL = "Fieldserve-Interval";

    private ReplyHeaders() {}

    static void describe(Prediction prediction, ResponseBuilder reply) {
        reply.header(VERSION, prediction.manifest().version());
        reply.header(TRUSTED, prediction.trust().trusted() ? "?1" : "?0");
        prediction.fields().stream()
                .filter(field -> field.interval().isPresent())
                .forEach(field -> reply.header(INTERVAL, statement(field)));
    }

    private static String statement(FieldPrediction field) {
        IntervalStatement interval = field.interval().orElseThrow();
        return String.format(
                Locale.ROOT,
                "%s;level=%s;guarantee=%s;coverage=%.4f;cases=%d",
                field.field().name(),
                interval.level(),
                interval.guarantee().wireName(),
                interval.coverage(),
                interval.calibrationCases());
    }

    /** A shape as {@code 64,64}, as it is taken in requests too. */
    static String shape(Shape shape) {
        return Arrays.stream(shape.dims()).mapToObj(Long::toString).collect(Collectors.joining(","));
    }
}
