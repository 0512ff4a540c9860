package io.fieldserve.http;

import io.fieldserve.codec.Precision;
import io.fieldserve.wire.ContentCoding;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;

/**
 * How a caller wants arrays returned.
 *
 * @param precision of numbers in JSON; binary formats have all bits
 * @param coding of JSON; binary formats hardly compress
 */
record ReplyForm(BodyFormat format, Precision precision, ContentCoding coding) {

    static final String PRECISION_PARAMETER = "precision";

    static ReplyForm of(Request request, HttpHeaders headers, QueryOptions query) {
        BodyFormat format = Negotiation.choose(request, headers);
        ContentCoding coding = format == BodyFormat.JSON
                ? ContentCoding.choose(headers.getHeaderString(HttpHeaders.ACCEPT_ENCODING))
                : ContentCoding.IDENTITY;
        return new ReplyForm(format, precision(query, format), coding);
    }

    private static Precision precision(QueryOptions query, BodyFormat format) {
        if (format != BodyFormat.JSON && query.text(PRECISION_PARAMETER).isPresent()) {
            throw QueryOptions.invalid(PRECISION_PARAMETER, "none, as " + format.mediaType() + " has all bits", "one");
        }
        return query.parsed(
                        PRECISION_PARAMETER,
                        "1 to " + Precision.MOST + " significant digits",
                        text -> Precision.significant(Math.toIntExact(QueryOptions.wholeNumber(text))))
                .orElse(Precision.SHORTEST);
    }
}
