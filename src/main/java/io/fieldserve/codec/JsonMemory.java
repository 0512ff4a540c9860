package io.fieldserve.codec;

import io.fieldserve.tensor.TensorAllocator;
import java.util.OptionalLong;

/** Memory for numbers written as text. */
record JsonMemory(TensorAllocator allocator, OptionalLong contentLength) {
    private static final int FEWEST_BYTES_PER_NUMBER = 2;

    /** Room for up to {@code limit} numbers, taken as they arrive, starting small when the body is. */
    GrowingTensor growing(long limit) {
        return contentLength.isPresent()
                ? GrowingTensor.upTo(allocator, limit, contentLength.getAsLong() / FEWEST_BYTES_PER_NUMBER)
                : GrowingTensor.upTo(allocator, limit);
    }
}
