package io.fieldserve.openinference.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldserve.codec.DecodedInputs;
import io.fieldserve.codec.FieldArrays;
import io.fieldserve.codec.InputCollector;
import io.fieldserve.codec.Json;
import io.fieldserve.codec.JsonTokens;
import io.fieldserve.openinference.InferQuery;
import io.fieldserve.openinference.InferQuery.RequestedOutput;
import io.fieldserve.openinference.Parameters;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.TensorAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the body of an inference: JSON, and behind it the tensors that the JSON announces as binary, in its order and
 * without padding. Unknown members of the JSON are left alone, and so are those that are null, as clients that write out
 * every member of their own types have many. For one body.
 */
final class InferRequestReader {

    private final Json json;
    private final InputContract contract;
    private final TensorAllocator allocator;
    private final InputStream content;
    private final OptionalLong length;
    private final List<InputTensor> binary = new ArrayList<>();
    private final List<RequestedOutput> outputs = new ArrayList<>();
    private Optional<String> id = Optional.empty();
    private Parameters parameters = Parameters.NONE;

    /**
     * A reader.
     *
     * @param length of the content, where it is known
     */
    InferRequestReader(
            Json json, InputContract contract, TensorAllocator allocator, InputStream content, OptionalLong length) {
        this.json = json;
        this.contract = contract;
        this.allocator = allocator;
        this.content = content;
        this.length = length;
    }

    /**
     * Reads all of it.
     *
     * @param jsonLength where the JSON ends, if anything comes behind it
     */
    InferRequest read(OptionalLong jsonLength) {
        try (InputCollector collector = new InputCollector(contract)) {
            if (jsonLength.isPresent()) {
                readJson(new HeadInput(content, jsonLength.getAsLong()), collector);
                readBinary(jsonLength.getAsLong(), collector);
            } else {
                readJson(content, collector);
                if (!binary.isEmpty()) {
                    throw malformed(
                            "the header " + InferResource.JSON_LENGTH + " where tensors come as binary data", "none");
                }
            }
            DecodedInputs inputs = collector.complete();
            return new InferRequest(inputs, new InferQuery(id, parameters, outputs), false);
        } catch (IOException e) {
            throw Json.failure(e);
        }
    }

    private void readJson(InputStream text, InputCollector collector) throws IOException {
        try (JsonParser parser = json.parser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed(
                        "a JSON object with \"inputs\"",
                        parser.currentToken() == null ? "an empty body" : JsonTokens.describe(parser));
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                readMember(key, parser, collector);
            }
            if (parser.nextToken() != null) {
                throw malformed("nothing after the JSON object", JsonTokens.describe(parser));
            }
        }
    }

    private void readMember(String key, JsonParser parser, InputCollector collector) throws IOException {
        ScalarReader scalars = new ScalarReader(parser);
        if (scalars.isNull()) {
            return;
        }
        switch (key) {
            case "id" -> id = Optional.of(scalars.text(key));
            case "parameters" -> parameters = scalars.parameters();
            case "inputs" -> {
                scalars.requireArray(key);
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    readInput(parser, collector);
                }
            }
            case "outputs" -> {
                scalars.requireArray(key);
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    outputs.add(readOutput(parser));
                }
            }
            default -> parser.skipChildren();
        }
    }

    private void readInput(JsonParser parser, InputCollector collector) throws IOException {
        try (InputTensor input = InputTensor.read(parser, contract, allocator, length)) {
            collector.requireNew(input.name());
            if (input.inJson()) {
                collector.add(input.field());
            } else {
                binary.add(input);
            }
        }
    }

    private static RequestedOutput readOutput(JsonParser parser) throws IOException {
        ScalarReader scalars = new ScalarReader(parser);
        scalars.requireObject("an output");
        String name = "";
        Parameters parameters = Parameters.NONE;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            if (scalars.isNull()) {
                continue;
            }
            switch (key) {
                case "name" -> name = scalars.text(key);
                case "parameters" -> parameters = scalars.parameters();
                default -> parser.skipChildren();
            }
        }
        return new RequestedOutput(name, parameters);
    }

    private void readBinary(long jsonLength, InputCollector collector) throws IOException {
        long announced = jsonLength;
        for (InputTensor input : binary) {
            announced += Math.min(input.binarySize(), Long.MAX_VALUE - announced);
        }
        if (length.isPresent() && length.getAsLong() != announced) {
            throw malformed(
                    "a body of the " + announced + " bytes that its JSON announces", length.getAsLong() + " bytes");
        }
        FieldArrays arrays = new FieldArrays(contract, allocator);
        for (InputTensor input : binary) {
            collector.requireNew(input.name());
            collector.add(arrays.read(input.announced(), content, input.binarySize()));
        }
        if (content.read() >= 0) {
            throw malformed("a body of the " + announced + " bytes that its JSON announces", "more");
        }
    }

    private static FailureException malformed(String expected, String actual) {
        return new Failure.MalformedBody("", expected, actual).asException();
    }
}
