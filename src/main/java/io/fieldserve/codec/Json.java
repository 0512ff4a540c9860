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
 * How JSON is read. Limits bound what a parser may buffer at once: levels of nesting, a number, a name or a string. They
 * don't bound the document, whose arrays are streamed. Streams belong to the caller and stay open.
 */
public final class Json {
    /** What nests deepest of all that is known, a field's array within a request of the Open Inference Protocol, fits well. */
    public static final int LEAST_DEPTH = 16;

    /** Within limits that no known client comes near. */
    public static final Json DEFAULT = new Json(100);

    private final JsonFactory factory;

    /**
     * Reads JSON of bounded nesting.
     *
     * @param depth how many objects and arrays may be open at once, at least {@value #LEAST_DEPTH}
     */
    public Json(int depth) {
        if (depth < LEAST_DEPTH) {
            throw new IllegalArgumentException("JSON nests at least " + LEAST_DEPTH + " deep, not " + depth);
        }
        factory = new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
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
    }

    public JsonFactory factory() {
        return factory;
    }

    /** Reads a body, in which the literals NaN, Infinity and -Infinity are numbers. */
    public JsonParser parser(InputStream body) throws IOException {
        return factory.createParser(body).enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature());
    }

    /** What it means that a body can't be read: JSON that is none, content that is damaged, or a broken transport. */
    public static RuntimeException failure(IOException exception) {
        return exception instanceof JsonProcessingException syntax ? syntaxError(syntax) : BodyInput.failure(exception);
    }

    private static FailureException syntaxError(JsonProcessingException exception) {
        String actual = switch (exception) {
            case JsonEOFException _ -> "a body that ends too early";
            case StreamConstraintsException _ -> "nesting too deep, or a name, string or number that is too long";
            default -> "a syntax error";
        };
        JsonLocation location = exception.getLocation();
        String where =
                location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        return new Failure.MalformedBody("", "valid JSON", actual + where).asException();
    }
}
