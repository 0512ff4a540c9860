package io.fieldserve.codec;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import java.math.BigInteger;
import java.util.List;

/**
 * An announced shape that the contract has admitted, with the full shape it stands for. Both have the same number of
 * elements, at least one, and they fit in one tensor.
 */
record Admission(Shape announced, Shape full) {
    /** The most elements that one tensor can hold. */
    static final int MOST_ELEMENTS = Integer.MAX_VALUE / DataType.FLOAT32.bytes();

    /** Judges dimensions as they were announced, however large or negative. */
    static Admission of(InputContract contract, String field, List<BigInteger> dimensions) {
        if (dimensions.stream().anyMatch(dimension -> dimension.signum() < 0)) {
            throw new Failure.MalformedBody(field, "a shape without negative dimensions", shape(dimensions))
                    .asException();
        }
        requireRank(contract, field, dimensions.size());
        if (dimensions.stream().anyMatch(dimension -> dimension.signum() == 0)) {
            throw empty(field, shape(dimensions));
        }
        BigInteger elements = dimensions.stream().reduce(BigInteger.ONE, BigInteger::multiply);
        if (elements.bitLength() >= Long.SIZE) {
            throw new Failure.TooLarge(field, "a shape of fewer than 2^63 elements", shape(dimensions)).asException();
        }
        return of(
                contract,
                field,
                Shape.of(dimensions.stream()
                        .mapToLong(BigInteger::longValueExact)
                        .toArray()));
    }

    static Admission of(InputContract contract, String field, Shape announced) {
        requireRank(contract, field, announced.rank());
        if (announced.elements() == 0) {
            throw empty(field, "shape " + announced);
        }
        Shape full = contract.admit(field, announced);
        if (full.elements() != announced.elements()) {
            throw new IllegalStateException("The contract of '" + field + "' turned " + announced + " into " + full);
        }
        if (full.elements() > MOST_ELEMENTS) {
            throw new Failure.TooLarge(field, "at most " + MOST_ELEMENTS + " elements", "shape " + announced)
                    .asException();
        }
        return new Admission(announced, full);
    }

    /** Fails unless data that came nested like this, or flat, is of the announced shape. */
    void requireData(String field, Shape nesting) {
        boolean flat = nesting.rank() <= 1;
        if (flat && nesting.elements() != announced.elements()) {
            throw new Failure.MalformedBody(field, expectedData(), "length " + nesting.elements()).asException();
        }
        if (!flat && !nesting.equals(announced)) {
            throw new Failure.MalformedBody(
                            field, "data that is flat or nested as its shape " + announced, "data nested as " + nesting)
                    .asException();
        }
    }

    String expectedData() {
        return "data of length " + announced.elements() + " for shape " + announced;
    }

    private static void requireRank(InputContract contract, String field, int rank) {
        int maximum = contract.maximumRank(field);
        if (rank > maximum) {
            throw new Failure.InvalidInput(field, "at most " + maximum + " dimensions", rank + " dimensions")
                    .asException();
        }
    }

    private static FailureException empty(String field, String actual) {
        return new Failure.InvalidInput(field, "at least one element in every dimension", actual).asException();
    }

    private static String shape(List<BigInteger> dimensions) {
        return "shape " + Excerpt.of(dimensions.toString());
    }
}
