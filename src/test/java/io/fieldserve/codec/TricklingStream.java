package io.fieldserve.codec;

import java.io.InputStream;
import java.util.Random;

/** A body that comes in pieces of one to seven bytes. */
final class TricklingStream extends InputStream {
    private final byte[] body;
    private final Random random;
    private int position;

    TricklingStream(byte[] body, long seed) {
        this.body = body;
        this.random = new Random(seed);
    }

    @Override
    public int read() {
        return position < body.length ? Byte.toUnsignedInt(body[position++]) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (position == body.length) {
            return -1;
        }
        int count = Math.min(Math.min(length, body.length - position), 1 + random.nextInt(7));
        System.arraycopy(body, position, target, offset, count);
        position += count;
        return count;
    }
}
