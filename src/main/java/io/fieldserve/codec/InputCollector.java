package io.fieldserve.codec;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.InputContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields decoded so far. Owns their tensors until {@link #complete()} hands them over; closing it before that
 * releases them.
 */
public final class InputCollector implements AutoCloseable {
    private final InputContract contract;
    private final Map<String, DecodedField> fields = new HashMap<>();

    public InputCollector(InputContract contract) {
        this.contract = contract;
    }

    /** The one field of the contract, for formats that have no names. */
    public static String soleField(InputContract contract, String format) {
        List<String> names = contract.fieldNames();
        if (names.size() != 1) {
            throw new Failure.InvalidInput(
                            "",
                            "the fields " + String.join(", ", names) + " in one NPZ or JSON body",
                            format + ", which holds one field")
                    .asException();
        }
        return names.getFirst();
    }

    /** Fails unless the contract has a field of this name that hasn't come yet. */
    public void requireNew(String name) {
        if (!contract.fieldNames().contains(name)) {
            throw unknown(Excerpt.quoted(name));
        }
        if (fields.containsKey(name)) {
            throw new Failure.MalformedBody(name, "the field once", "it twice").asException();
        }
    }

    /** The failure for something that should be a field of the contract, and isn't. */
    FailureException unknown(String described) {
        return new Failure.InvalidInput("", expectedFields(), described).asException();
    }

    public void add(DecodedField field) {
        fields.put(field.name(), field);
    }

    /** All fields of the contract, in its order; fails if one is missing. The caller owns them from now on. */
    public DecodedInputs complete() {
        List<DecodedField> ordered = new ArrayList<>();
        for (String name : contract.fieldNames()) {
            DecodedField field = fields.get(name);
            if (field == null) {
                throw new Failure.InvalidInput(name, expectedFields(), "a body without it").asException();
            }
            ordered.add(field);
        }
        fields.clear();
        return new DecodedInputs(ordered);
    }

    @Override
    public void close() {
        fields.values().forEach(field -> field.tensor().close());
    }

    private String expectedFields() {
        List<String> names = contract.fieldNames();
        return (names.size() == 1 ? "the field " : "the fields ") + String.join(", ", names);
    }
}
