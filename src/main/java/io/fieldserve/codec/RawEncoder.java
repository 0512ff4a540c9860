package io.fieldserve.codec;

import io.fieldserve.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/** {@code application/octet-stream}: the elements alone, little-endian in C order. */
public final class RawEncoder {
    private RawEncoder() {}

    /** The body, which reads from the tensor's own memory. */
    public static List<ByteBuffer> encode(Tensor tensor) {
        return List.of(tensor.bytes().asReadOnlyBuffer());
    }
}
