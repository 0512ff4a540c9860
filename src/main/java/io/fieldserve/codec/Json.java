package io.fieldserve.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The one JSON factory. Its limits bound what a parser may buffer at once: a level of nesting, a number, a name or a
 * string. They don't bound the document, whose arrays are streamed. Streams belong to the caller and stay open.
 */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxNumberLength(1_000)
                    .maxNameLength(1_000)
                    .maxStringLength(1_000_000)
                    .build())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private Json() {}

    public static JsonFactory factory() {
        return FACTORY;
    }

    /** Reads a body, in which the literals NaN, Infinity and -Infinity are numbers. */
    public static JsonParser parser(InputStream body) throws IOException {
        return FACTORY.createParser(body).enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature());
    }

    /** What it means that a body can't be read: JSON that is none, content that is damaged, or a broken transport. */
    public static RuntimeException failure(IOException exception) {
        return exception instanceof JsonProcessingException syntax ? syntaxError(syntax) : BodyInput.failure(exception);
    }

    private static FailureException syntaxError(JsonProcessingException exception) {
        String actual = switch (exception) {
            case JsonEOFException _ -> "a body that ends too early";
            case StreamConstraintsException _ -> "a name, string or number that is too long";
            default -> "a syntax error";
        };
        JsonLocation location = exception.getLocation();
        String where =
                location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        return new Failure.MalformedBody("", "valid JSON", actual + where).asException();
    }
}
