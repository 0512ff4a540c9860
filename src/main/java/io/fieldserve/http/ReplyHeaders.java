package io.fieldserve.http;

import io.fieldserve.prediction.IntervalStatement;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.Prediction.FieldPrediction;
import io.fieldserve.prediction.Trust;
import io.fieldserve.tensor.Shape;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What JSON says in its body, binary formats say in headers, as structured fields (RFC 9651). */
final class ReplyHeaders {

    static final String VERSION = "Fieldserve-Version";
    static final String TRUSTED = "Fieldserve-Trusted";
    static final String TRUST_REASONS = "Fieldserve-Trust-Reasons";
    static final String INTERVAL = "Fieldserve-Interval";

    private static final int MOST_REASONS = 8;

    /** What a string of a structured field can't hold, or only escaped. */
    private static final Pattern NOT_IN_STRINGS = Pattern.compile("[^ !#-\\[\\]-~]");

    private ReplyHeaders() {}

    static void describe(Prediction prediction, ResponseBuilder reply) {
        reply.header(VERSION, prediction.manifest().version());
        reply.header(TRUSTED, prediction.trust().trusted() ? "?1" : "?0");
        String reasons = reasons(prediction.trust());
        if (!reasons.isEmpty()) {
            reply.header(TRUST_REASONS, reasons);
        }
        prediction.fields().stream()
                .filter(field -> field.interval().isPresent())
                .forEach(field -> reply.header(INTERVAL, statement(field)));
    }

    /** What speaks against any case, as a list of strings: each reason once, and no more than clients take in a header. */
    private static String reasons(Trust trust) {
        return trust.cases().stream()
                .flatMap(item -> item.reasons().stream())
                .distinct()
                .limit(MOST_REASONS)
                .map(reason -> '"' + NOT_IN_STRINGS.matcher(reason).replaceAll("?") + '"')
                .collect(Collectors.joining(", "));
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
