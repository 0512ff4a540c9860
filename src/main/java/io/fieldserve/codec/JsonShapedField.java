package io.fieldserve.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.tensor.Shape;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code {"shape": [...], "data": ...}}, in either order. The data is flat, or nested as the shape says. A shape
 * that comes first is judged before any data is read.
 */
final class JsonShapedField implements AutoCloseable {
    private static final int MOST_DIMENSIONS = 64;

    private final JsonFieldReader reader;
    private final JsonParser parser;
    private final String field;
    private Admission admission;
    private GrowingTensor elements;
    private Shape nesting;

    JsonShapedField(JsonFieldReader reader, String field) {
        this.reader = reader;
        this.parser = reader.parser();
        this.field = field;
    }

    /** Reads the object at whose start the parser is. */
    DecodedField read() throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "shape" -> readShape();
                case "data" -> readData();
                default ->
                    throw new Failure.InvalidInput(field, "\"shape\" and \"data\"", Excerpt.quoted(key)).asException();
            }
        }
        if (admission == null || nesting == null) {
            throw malformed("\"shape\" and \"data\"", "an object without " + (nesting == null ? "data" : "shape"));
        }
        admission.requireData(field, nesting);
        return new DecodedField(field, admission.announced(), elements.finish(admission.full()));
    }

    @Override
    public void close() {
        if (elements != null) {
            elements.close();
        }
    }

    private void readShape() throws IOException {
        if (admission != null) {
            throw malformed("\"shape\" once", "it twice");
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw malformed("\"shape\" to be an array of integers", JsonTokens.describe(parser));
        }
        List<BigInteger> dimensions = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || dimensions.size() == MOST_DIMENSIONS) {
                throw malformed(
                        "\"shape\" to be at most " + MOST_DIMENSIONS + " integers", JsonTokens.describe(parser));
            }
            dimensions.add(parser.getBigIntegerValue());
        }
        admission = Admission.of(reader.contract(), field, dimensions);
    }

    private void readData() throws IOException {
        if (elements != null) {
            throw malformed("\"data\" once", "it twice");
        }
        if (admission == null) {
            elements = reader.memory().growing(reader.mostElements(field));
            nesting = reader.readArray(field, elements, () -> reader.overMaximum(field));
        } else {
            elements = reader.memory().growing(admission.announced().elements());
            nesting = reader.readArray(field, elements, () -> malformed(admission.expectedData(), "more"));
        }
    }

    private FailureException malformed(String expected, String actual) {
        return new Failure.MalformedBody(field, expected, actual).asException();
    }
}
