package io.fieldserve.codec;

import java.util.OptionalLong;

/** The next bytes of a body, of which there may be fewer than announced. */
final class Section implements ByteInput {
    private final ByteInput body;
    private long left;

    Section(ByteInput body, long length) {
        this.body = body;
        this.left = length;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (left == 0) {
            return -1;
        }
        int count = body.read(target, offset, (int) Math.min(length, left));
        left -= Math.max(0, count);
        return count;
    }

    @Override
    public OptionalLong remaining() {
        return OptionalLong.of(left);
    }
}
