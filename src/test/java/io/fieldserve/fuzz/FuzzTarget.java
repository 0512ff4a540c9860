package io.fieldserve.fuzz;

import java.util.List;
import java.util.stream.Stream;

/** Code that takes bytes from outside, run on bytes that may be anything. */
public interface FuzzTarget {

    /**
     * Runs on an input and holds what becomes of it to what is documented: a failure of the documented kind and no other,
     * all memory given back. An input may be refused; that is no finding.
     *
     * @throws Exception or any error: a finding
     */
    void run(byte[] input) throws Exception;

    /** Sound inputs to begin with, and whatever else leads far. */
    Stream<byte[]> seeds();

    /** What is worth writing into inputs as a whole. */
    default List<String> words() {
        return List.of();
    }

    /** Says that a property doesn't hold. */
    static void require(boolean condition, String property) {
        if (!condition) {
            throw new AssertionError(property);
        }
    }
}
