package io.fieldserve.umbridge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldserve.codec.Json;
import io.fieldserve.codec.JsonArrayData;
import io.fieldserve.codec.JsonTokens;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.Scope;
import io.fieldserve.tensor.TensorAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The body of a call: {@code {"name": ..., "config": {...}, "input": [[...], ...]}}, its members in any order and only the
 * name required. Owns the numbers of its input until they have been made fields, or it is closed.
 *
 * @param input one flat list for each input field
 */
record Call(String name, Config config, List<JsonArrayData> input, Scope owned) implements AutoCloseable {

    private static final int MOST_LISTS = 64;

    /** Reads a whole body. */
    static Call read(Json json, InputStream body, OptionalLong length, TensorAllocator allocator) {
        Scope owned = new Scope();
        try (JsonParser parser = json.parser(body)) {
            return read(parser, length, allocator, owned);
        } catch (IOException e) {
            owned.close();
            throw Json.failure(e);
        } catch (RuntimeException | Error e) {
            owned.close();
            throw e;
        }
    }

    private static Call read(JsonParser parser, OptionalLong length, TensorAllocator allocator, Scope owned)
            throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw malformed(
                    "a JSON object with \"name\"",
                    parser.currentToken() == null ? "an empty body" : JsonTokens.describe(parser));
        }
        String name = "";
        Config config = Config.NONE;
        List<JsonArrayData> input = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "name" -> {
                    require(parser, JsonToken.VALUE_STRING, "\"name\" to be a string");
                    name = parser.getText();
                }
                case "config" -> config = Config.read(parser);
                case "input" -> {
                    require(parser, JsonToken.START_ARRAY, "\"input\" to be a list of lists");
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        require(parser, JsonToken.START_ARRAY, "\"input\" to be a list of lists");
                        JsonArrayData list = JsonArrayData.read(parser, 1, allocator, length);
                        owned.own(list::close);
                        input.add(list);
                        if (input.size() > MOST_LISTS) {
                            throw malformed("at most " + MOST_LISTS + " lists", "more");
                        }
                    }
                }
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw malformed("nothing after the JSON object", JsonTokens.describe(parser));
        }
        return new Call(name, config, input, owned);
    }

    private static void require(JsonParser parser, JsonToken token, String expected) throws IOException {
        if (parser.currentToken() != token) {
            throw malformed(expected, JsonTokens.describe(parser));
        }
    }

    private static FailureException malformed(String expected, String actual) {
        return new Failure.MalformedBody("", expected, actual).asException();
    }

    @Override
    public void close() {
        owned.close();
    }
}
