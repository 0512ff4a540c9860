package io.fieldserve.codec;

import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.TensorAllocator;
import java.io.InputStream;
import java.util.OptionalLong;

/** Reads the input fields of a request from its body, in one format. Implementations are immutable and thread-safe. */
public interface InputDecoder {
    /**
     * Every field of the contract, decoded into direct memory. Memory is taken as bytes arrive: for each field at most
     * 64 KiB and twice its elements so far, and for the length of a copy what is copied as well; never for what the body
     * or {@code contentLength} merely announces. A length that cannot be that of the body is refused before the elements
     * are read. The stream is read to its end and left open.
     *
     * <p>If this method throws, all memory that it took has been given back.
     *
     * @param body the body, with any content encoding removed
     * @param contentLength the number of bytes in {@code body}, where that has been announced
     * @throws io.fieldserve.prediction.FailureException if the body is malformed or doesn't fit the contract
     * @throws io.fieldserve.tensor.SlabLimitException if the allocator may not give the memory for now
     * @throws java.io.UncheckedIOException if the stream fails for reasons other than its content
     */
    DecodedInputs decode(
            InputStream body, OptionalLong contentLength, InputContract contract, TensorAllocator allocator);
}
