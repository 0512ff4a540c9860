package io.fieldserve.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A failure in the form of RFC 9457, {@code application/problem+json}. */
@Schema(name = "Problem", description = "A failure in the form of RFC 9457.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        @Schema(description = "Stable name of the kind of failure.", examples = "urn:fieldserve:problem:invalid-input")
        String type,

        @Schema(examples = "Invalid input") String title,
        @Schema(examples = "422") int status,

        @Schema(
                description = "What happened, in a sentence.",
                examples = "Field 'permeability' does not fit this surrogate: expected 32 to 512 points along y,"
                        + " got shape [8, 64].")
        String detail,

        @Schema(description = "The input field at fault, if one is.", examples = "permeability")
        String field,

        @Schema(description = "The parameter at fault, if one is.")
        String parameter,

        @Schema(description = "What would have been right.", examples = "32 to 512 points along y")
        String expected,

        @Schema(description = "What came.", examples = "shape [8, 64]")
        String actual,

        @Schema(description = "Finds the failure in the service's log.")
        String incident) {

    public static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPE_PREFIX = "urn:fieldserve:problem:";

    /** A failure that has nothing to name but itself. */
    static Problem of(int status, String kind, String detail) {
        return about(status, kind, detail, "", "", "");
    }

    /** A failure of an input field; the empty name means the body as a whole. */
    public static Problem about(int status, String kind, String detail, String field, String expected, String actual) {
        return new Problem(TYPE_PREFIX + kind, title(kind), status, detail, field, "", expected, actual, "");
    }

    /** A failure of a query parameter or header. */
    static Problem aboutParameter(String kind, String detail, String parameter, String expected, String actual) {
        return new Problem(TYPE_PREFIX + kind, title(kind), 400, detail, "", parameter, expected, actual, "");
    }

    /** A fault of the service. */
    static Problem internal(String detail, String incident) {
        return new Problem(
                TYPE_PREFIX + "internal-error", title("internal-error"), 500, detail, "", "", "", "", incident);
    }

    /** A header asks for, or announces, what isn't offered. */
    public static Problem negotiation(int status, String kind, String header, String expected, String actual) {
        String detail = "%s must be one of %s, got %s.".formatted(header, expected, actual);
        return about(status, kind, detail, "", expected, actual);
    }

    /** What tells its type from others: {@code invalid-input} of {@code urn:fieldserve:problem:invalid-input}. */
    public String kind() {
        return type.substring(TYPE_PREFIX.length());
    }

    /** The problem as {@code application/problem+json}. */
    public ResponseBuilder reply() {
        return Response.status(status).type(MEDIA_TYPE).entity(this);
    }

    private static String title(String kind) {
        String words = kind.replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
