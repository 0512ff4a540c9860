package io.fieldserve.http;

import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Variant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Chooses the format of a reply from the Accept header. */
final class Negotiation {

    private static final List<Variant> VARIANTS = Variant.mediaTypes(Arrays.stream(BodyFormat.values())
                    .map(BodyFormat::mediaType)
                    .toArray(MediaType[]::new))
            .build();

    private Negotiation() {}

    /** The format the caller prefers; JSON where it has no preference. */
    static BodyFormat choose(Request request, HttpHeaders headers) {
        Optional<BodyFormat> sole = BodyFormat.named(headers.getHeaderString(HttpHeaders.ACCEPT));
        return sole.orElseGet(() -> negotiate(request, headers));
    }

    private static BodyFormat negotiate(Request request, HttpHeaders headers) {
        Variant variant = select(request, headers);
        if (variant == null) {
            throw new NotAcceptableException();
        }
        return BodyFormat.of(variant.getMediaType());
    }

    private static Variant select(Request request, HttpHeaders headers) {
        try {
            return request.selectVariant(VARIANTS);
        } catch (RuntimeException e) {
            // The framework's parser fails in many ways.
            throw QueryOptions.invalid(
                    HttpHeaders.ACCEPT, "media types", "'" + headers.getHeaderString(HttpHeaders.ACCEPT) + "'");
        }
    }
}
