package io.fieldserve.codec;

import io.fieldserve.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** {@code application/octet-stream}: the elements alone, little-endian in C order. */
public final class RawEncoder {
    private static final int CHUNK = 1 << 16;

    private RawEncoder() {}

    public static void write(OutputStream target, Tensor tensor) throws IOException {
        ByteBuffer bytes = tensor.bytes();
        byte[] chunk = new byte[Math.min(CHUNK, bytes.remaining())];
        while (bytes.hasRemaining()) {
            int length = Math.min(chunk.length, bytes.remaining());
            bytes.get(chunk, 0, length);
            target.write(chunk, 0, length);
        }
    }

    /** How many bytes {@link #write} will write. */
    public static long size(Tensor tensor) {
        return tensor.bytes().remaining();
    }
}
