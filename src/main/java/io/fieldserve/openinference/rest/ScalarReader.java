package io.fieldserve.openinference.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldserve.codec.JsonTokens;
import io.fieldserve.openinference.Parameters;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the small things of a request: strings, shapes and parameters. */
record ScalarReader(JsonParser parser) {
    private static final int MOST_DIMENSIONS = 64;
    private static final int MOST_PARAMETERS = 1000;

    /** Whether the parser is at a null, which stands for a member that isn't there. */
    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /** The string at which the parser is. */
    String text(String what) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw malformed("\"" + what + "\" to be a string");
        }
        return parser.getText();
    }

    /** The boolean at which the parser is. */
    boolean flag(String what) throws IOException {
        if (!parser.currentToken().isBoolean()) {
            throw malformed("\"" + what + "\" to be true or false");
        }
        return parser.getBooleanValue();
    }

    /** The shape at which the parser is. */
    List<Long> shape() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw malformed("\"shape\" to be an array of integers");
        }
        List<Long> dims = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    || dims.size() == MOST_DIMENSIONS) {
                throw malformed("\"shape\" to be at most " + MOST_DIMENSIONS + " integers below 2^63");
            }
            dims.add(parser.getLongValue());
        }
        return dims;
    }

    /** The parameters at which the parser is. Those that are no scalars mean nothing here. */
    Parameters parameters() throws IOException {
        requireObject("parameters");
        Map<String, Object> values = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            switch (parser.nextToken()) {
                case VALUE_TRUE, VALUE_FALSE -> values.put(name, parser.getBooleanValue());
                case VALUE_STRING -> values.put(name, parser.getText());
                case VALUE_NUMBER_INT -> values.put(name, wholeNumber());
                case VALUE_NUMBER_FLOAT -> values.put(name, parser.getDoubleValue());
                default -> parser.skipChildren();
            }
            if (values.size() > MOST_PARAMETERS) {
                throw malformed("at most " + MOST_PARAMETERS + " parameters");
            }
        }
        return new Parameters(values);
    }

    private Object wholeNumber() throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? (Object) parser.getDoubleValue()
                : (Object) parser.getLongValue();
    }

    /** Fails unless the parser is at the start of an object. */
    void requireObject(String what) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw malformed("\"" + what + "\" to be an object");
        }
    }

    /** Fails unless the parser is at the start of an array. */
    void requireArray(String what) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw malformed("\"" + what + "\" to be an array");
        }
    }

    private FailureException malformed(String expected) throws IOException {
        return new Failure.MalformedBody("", expected, JsonTokens.describe(parser)).asException();
    }
}
