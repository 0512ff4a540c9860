package io.fieldserve.codec;

import com.fasterxml.jackson.core.JsonParser;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.Shape;
import java.io.IOException;
import java.util.function.Supplier;

/** Reads one field: a number, nested arrays of numbers, or an object of shape and data. */
record JsonFieldReader(JsonParser parser, InputContract contract, JsonMemory memory) {
    /** Reads the value at which the parser is. */
    DecodedField read(String field) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readShapeAndData(field);
            case START_ARRAY, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> readNested(field);
            default ->
                throw new Failure.MalformedBody(field, "an array of numbers", JsonTokens.describe(parser))
                        .asException();
        };
    }

    private DecodedField readNested(String field) throws IOException {
        try (GrowingTensor elements = memory.growing(mostElements(field))) {
            Shape shape = readArray(field, elements, () -> overMaximum(field));
            Admission admission = Admission.of(contract, field, shape);
            return new DecodedField(field, shape, elements.finish(admission.full()));
        }
    }

    private DecodedField readShapeAndData(String field) throws IOException {
        try (JsonShapedField shaped = new JsonShapedField(this, field)) {
            return shaped.read();
        }
    }

    /** Reads nested arrays into the given memory; fails as told if there are more numbers than it may hold. */
    Shape readArray(String field, GrowingTensor elements, Supplier<FailureException> surplus) throws IOException {
        int maximumRank = Math.max(1, contract.maximumRank(field));
        return new JsonArrayReader(parser, field, maximumRank, contract.finiteOnly(field), surplus).read(elements);
    }

    /** The most numbers that the field may have, for data that comes before its shape is known. */
    long mostElements(String field) {
        return Math.min(contract.maximumElements(field), Admission.MOST_ELEMENTS);
    }

    FailureException overMaximum(String field) {
        return new Failure.TooLarge(field, "at most " + mostElements(field) + " numbers", "more").asException();
    }
}
