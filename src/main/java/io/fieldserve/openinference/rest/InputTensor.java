package io.fieldserve.openinference.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldserve.codec.DecodedField;
import io.fieldserve.codec.FieldArrays.Announced;
import io.fieldserve.codec.JsonArrayData;
import io.fieldserve.openinference.Datatype;
import io.fieldserve.openinference.Parameters;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.TensorAllocator;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * One input as the JSON has it, its members in any order. Its numbers may be in the JSON, or come behind it as bytes. Owns
 * the memory of the former until {@link #field}, or closing, ends it.
 */
final class InputTensor implements AutoCloseable {
    private static final String BINARY_SIZE = "binary_data_size";

    private final InputContract contract;
    private String name = "";
    private String datatype = "";
    private List<Long> shape;
    private Parameters parameters = Parameters.NONE;
    private JsonArrayData data;

    private InputTensor(InputContract contract) {
        this.contract = contract;
    }

    /** Reads the object at which the parser is. */
    static InputTensor read(
            JsonParser parser, InputContract contract, TensorAllocator allocator, OptionalLong bodyLength)
            throws IOException {
        InputTensor input = new InputTensor(contract);
        try {
            input.readMembers(parser, allocator, bodyLength);
            input.requireWhole();
            return input;
        } catch (IOException | RuntimeException | Error e) {
            input.close();
            throw e;
        }
    }

    private void readMembers(JsonParser parser, TensorAllocator allocator, OptionalLong bodyLength) throws IOException {
        ScalarReader scalars = new ScalarReader(parser);
        scalars.requireObject("an input");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            if (scalars.isNull()) {
                continue;
            }
            switch (key) {
                case "name" -> name = scalars.text(key);
                case "datatype" -> datatype = scalars.text(key);
                case "shape" -> shape = scalars.shape();
                case "parameters" -> parameters = scalars.parameters();
                case "data" -> {
                    if (data != null) {
                        throw malformed("\"data\" once", "it twice");
                    }
                    requireInJson();
                    data = JsonArrayData.read(parser, contract, allocator, bodyLength);
                }
                default -> parser.skipChildren();
            }
        }
    }

    private void requireWhole() {
        if (name.isEmpty() || datatype.isEmpty() || shape == null) {
            throw malformed("inputs with \"name\", \"datatype\" and \"shape\"", "one that lacks some of them");
        }
        if (parameters.has("shared_memory_region")) {
            throw malformed("its data in the body", "a region of shared memory, which is not offered");
        }
        if (inJson() == parameters.has(BINARY_SIZE)) {
            throw malformed("either \"data\" or the parameter " + BINARY_SIZE, inJson() ? "both" : "neither");
        }
    }

    String name() {
        return name;
    }

    /** Whether its numbers are in the JSON. */
    boolean inJson() {
        return data != null;
    }

    /** How many bytes it has behind the JSON. */
    long binarySize() {
        return parameters.count(BINARY_SIZE).orElse(0);
    }

    /** The field of an input whose numbers are in the JSON. */
    DecodedField field() {
        requireInJson();
        return data.field(name, shape, contract);
    }

    /** Fails if the type, as far as it is known, has no numbers in JSON. */
    private void requireInJson() {
        if (!datatype.isEmpty() && !type().inJson()) {
            throw malformed(datatype + " as binary data", "data in the JSON");
        }
    }

    /** What its bytes are. */
    Announced announced() {
        return new Announced(name, datatype, type().number(), shape);
    }

    private Datatype type() {
        return Datatype.ofInput(name, datatype);
    }

    private FailureException malformed(String expected, String actual) {
        return new Failure.MalformedBody(name, expected, actual).asException();
    }

    @Override
    public void close() {
        if (data != null) {
            data.close();
        }
    }
}
