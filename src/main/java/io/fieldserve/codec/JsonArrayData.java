package io.fieldserve.codec;

import com.fasterxml.jackson.core.JsonParser;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.TensorAllocator;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * The numbers of a JSON array, flat or nested, whose name and shape may come after it. Owns its memory until
 * {@link #field} hands it over; closing it before that releases it, and afterwards does nothing.
 */
public final class JsonArrayData implements AutoCloseable {
    private final GrowingTensor elements;
    private final Shape nesting;

    private JsonArrayData(GrowingTensor elements, Shape nesting) {
        this.elements = elements;
        this.nesting = nesting;
    }

    /**
     * Reads the array at which the parser is, no larger and no deeper than any field of the contract.
     *
     * @param bodyLength where it is known
     */
    public static JsonArrayData read(
            JsonParser parser, InputContract contract, TensorAllocator allocator, OptionalLong bodyLength)
            throws IOException {
        List<String> fields = contract.fieldNames();
        long most = fields.stream().mapToLong(contract::maximumElements).max().orElse(0);
        int rank = fields.stream().mapToInt(contract::maximumRank).max().orElse(0);
        return read(parser, most, rank, allocator, bodyLength);
    }

    /** Reads the array at which the parser is, whatever field it will be, nested at most as deep as told. */
    public static JsonArrayData read(JsonParser parser, int rank, TensorAllocator allocator, OptionalLong bodyLength)
            throws IOException {
        return read(parser, Long.MAX_VALUE, rank, allocator, bodyLength);
    }

    private static JsonArrayData read(
            JsonParser parser, long most, int rank, TensorAllocator allocator, OptionalLong bodyLength)
            throws IOException {
        long limit = Math.min(most, Admission.MOST_ELEMENTS);
        GrowingTensor elements = new JsonMemory(allocator, bodyLength).growing(limit);
        try {
            JsonArrayReader reader = new JsonArrayReader(
                    parser,
                    "",
                    Math.max(1, rank),
                    false,
                    () -> new Failure.TooLarge("", "at most " + limit + " numbers in an array", "more").asException());
            return new JsonArrayData(elements, reader.read(elements));
        } catch (IOException | RuntimeException | Error e) {
            elements.close();
            throw e;
        }
    }

    /** Makes it a field of the announced shape. */
    public DecodedField field(String name, List<Long> dims, InputContract contract) {
        Admission admission = Admission.of(contract, name, FieldArrays.dimensions(dims));
        admission.requireData(name, nesting);
        DecodedField field = new DecodedField(name, admission.announced(), elements.finish(admission.full()));
        try {
            FiniteCheck.require(field, contract);
            return field;
        } catch (RuntimeException | Error e) {
            field.tensor().close();
            throw e;
        }
    }

    @Override
    public void close() {
        elements.close();
    }
}
