package io.fieldserve.prediction;

import io.fieldserve.tensor.Shape;
import java.util.List;

/** What the inputs of one surrogate must look like. Whoever decodes asks before taking any memory. */
public interface InputContract {
    /** The names of the input fields, in manifest order. */
    List<String> fieldNames();

    /**
     * The full shape, batch and channel included, of a field that was announced with the given shape. It has as many
     * elements as the announced one.
     *
     * @throws FailureException with {@code InvalidInput} if rank or channels don't fit, or with
     *     {@code TooLarge} if grid or batch are over the limit
     */
    Shape admit(String field, Shape announced);

    /** The deepest nesting of arrays, and the most dimensions, that the field may come with. */
    int maximumRank(String field);

    /** The most elements that the field may have, for data whose shape isn't announced before it. */
    long maximumElements(String field);

    /** Whether the field must be free of NaN and infinities. */
    boolean finiteOnly(String field);
}
