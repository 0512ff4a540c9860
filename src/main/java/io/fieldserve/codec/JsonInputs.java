package io.fieldserve.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import java.io.IOException;

/** Reads the one object that a JSON body is: {@code {"inputs": {...}}}, and nothing after it. */
record JsonInputs(JsonParser parser, JsonFieldReader fieldReader, InputCollector collector) {
    private static final String INPUTS = "inputs";

    void read() throws IOException {
        JsonToken start = parser.nextToken();
        if (start == null) {
            throw malformed("a JSON object with \"inputs\"", "an empty body");
        }
        requireObject(start, "a JSON object with \"inputs\"");
        boolean read = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (!name.equals(INPUTS)) {
                throw new Failure.InvalidInput("", "\"inputs\" and nothing else", Excerpt.quoted(name)).asException();
            }
            if (read) {
                throw malformed("\"inputs\" once", "it twice");
            }
            readFields();
            read = true;
        }
        if (parser.nextToken() != null) {
            throw malformed("nothing after the JSON object", JsonTokens.describe(parser));
        }
    }

    private void readFields() throws IOException {
        requireObject(parser.nextToken(), "\"inputs\" to be an object of fields");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            collector.requireNew(field);
            parser.nextToken();
            collector.add(fieldReader.read(field));
        }
    }

    private void requireObject(JsonToken token, String expected) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            throw malformed(expected, JsonTokens.describe(parser));
        }
    }

    private static FailureException malformed(String expected, String actual) {
        return new Failure.MalformedBody("", expected, actual).asException();
    }
}
