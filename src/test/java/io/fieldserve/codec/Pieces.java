package io.fieldserve.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Encoded bodies, put together. */
public final class Pieces {
    private Pieces() {}

    /** All bytes, one piece behind the other. */
    public static byte[] bytes(List<ByteBuffer> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer piece : pieces) {
            byte[] part = new byte[piece.remaining()];
            piece.duplicate().get(part);
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
