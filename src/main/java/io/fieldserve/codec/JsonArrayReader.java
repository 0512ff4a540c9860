package io.fieldserve.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.tensor.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Reads nested arrays of numbers in one pass and finds their shape on the way. Numbers must all be at one depth, and
 * arrays at one depth must all be of one length. Keeps one index per level and doesn't recurse.
 */
final class JsonArrayReader {
    private static final int UNKNOWN = -1;

    private final JsonParser parser;
    private final String field;
    private final boolean finiteOnly;
    private final Supplier<FailureException> surplus;
    /** How many elements of the array open at each level are complete: the index of what is being read. */
    private final long[] indices;
    /** The length of the arrays at each level, once one of them has been read. */
    private final long[] lengths;

    private int depth;
    /** The depth at which numbers are, once that has shown. */
    private int rank = UNKNOWN;

    JsonArrayReader(
            JsonParser parser, String field, int maximumRank, boolean finiteOnly, Supplier<FailureException> surplus) {
        this.parser = parser;
        this.field = field;
        this.finiteOnly = finiteOnly;
        this.surplus = surplus;
        this.indices = new long[maximumRank];
        this.lengths = new long[maximumRank];
        Arrays.fill(lengths, UNKNOWN);
    }

    /** Appends all numbers of the value at which the parser is, and gives the shape they have. */
    Shape read(GrowingTensor elements) throws IOException {
        JsonToken token = parser.currentToken();
        while (true) {
            switch (token) {
                case START_ARRAY -> open();
                case END_ARRAY -> close();
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> append(elements);
                default -> throw notNumber();
            }
            if (depth == 0) {
                return Shape.of(Arrays.copyOf(lengths, rank));
            }
            token = parser.nextToken();
        }
    }

    private void open() {
        if (depth == rank) {
            throw malformed("a number at " + path(depth), "an array");
        }
        if (depth == indices.length) {
            throw malformed("arrays nested at most " + depth + " deep", "one nested deeper at " + path(depth));
        }
        indices[depth++] = 0;
    }

    private void close() {
        if (rank == UNKNOWN) {
            rank = depth;
        }
        depth--;
        long length = indices[depth];
        if (lengths[depth] == UNKNOWN) {
            lengths[depth] = length;
        } else if (lengths[depth] != length) {
            throw malformed("length " + lengths[depth] + " at " + path(depth), "length " + length);
        }
        advance();
    }

    private void append(GrowingTensor elements) throws IOException {
        if (rank == UNKNOWN) {
            rank = depth;
        } else if (depth != rank) {
            throw malformed("an array at " + path(depth), JsonTokens.describe(parser));
        }
        float value = JsonNumbers.toFloat(parser);
        if (finiteOnly && !Float.isFinite(value)) {
            throw FiniteCheck.failure(field, Excerpt.of(parser.getText()), path(depth));
        }
        if (elements.full()) {
            throw surplus.get();
        }
        elements.append(value);
        advance();
    }

    private FailureException notNumber() throws IOException {
        String expected = depth == 0 ? "an array of numbers" : "a number at " + path(depth);
        return malformed(expected, JsonTokens.describe(parser));
    }

    private void advance() {
        if (depth > 0) {
            indices[depth - 1]++;
        }
    }

    private String path(int length) {
        return IndexPath.prefix(indices, length);
    }

    private FailureException malformed(String expected, String actual) {
        return new Failure.MalformedBody(field, expected, actual).asException();
    }
}
