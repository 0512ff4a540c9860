package io.fieldserve.http;

import io.fieldserve.codec.Precision;
import io.fieldserve.wire.ContentCoding;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import java.util.Locale;

/**
 * How a caller wants arrays returned.
 *
 * @param arrays in JSON; binary formats have one way
 * @param precision of numbers in JSON; binary formats have all bits
 * @param coding of JSON; binary formats hardly compress
 */
record ReplyForm(BodyFormat format, ArrayForm arrays, Precision precision, ContentCoding coding) {

    static final String ARRAYS_PARAMETER = "arrays";
    static final String PRECISION_PARAMETER = "precision";

    static ReplyForm of(Request request, HttpHeaders headers, QueryOptions query) {
        BodyFormat format = Negotiation.choose(request, headers);
        ContentCoding coding = format == BodyFormat.JSON
                ? ContentCoding.choose(headers.getHeaderString(HttpHeaders.ACCEPT_ENCODING))
                : ContentCoding.IDENTITY;
        return new ReplyForm(format, arrays(query, format), precision(query, format), coding);
    }

    private static ArrayForm arrays(QueryOptions query, BodyFormat format) {
        if (format != BodyFormat.JSON) {
            refuse(query, ARRAYS_PARAMETER, format.mediaType() + " is binary");
        }
        return query.parsed(
                        ARRAYS_PARAMETER,
                        QueryOptions.names(ArrayForm.values()),
                        text -> ArrayForm.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElse(ArrayForm.NESTED);
    }

    private static Precision precision(QueryOptions query, BodyFormat format) {
        if (format != BodyFormat.JSON) {
            refuse(query, PRECISION_PARAMETER, format.mediaType() + " has all bits");
        }
        return query.parsed(
                        PRECISION_PARAMETER,
                        "1 to " + Precision.MOST + " significant digits",
                        text -> Precision.significant(Math.toIntExact(QueryOptions.wholeNumber(text))))
                .orElse(Precision.SHORTEST);
    }

    private static void refuse(QueryOptions query, String parameter, String reason) {
        if (query.text(parameter).isPresent()) {
            throw QueryOptions.invalid(parameter, "none, as " + reason, "one");
        }
    }
}
