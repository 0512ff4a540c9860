package io.fieldserve.openinference.rest;

import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream, which stays open and goes on behind them. */
final class HeadInput extends InputStream {
    private final InputStream source;
    private long left;

    HeadInput(InputStream source, long length) {
        this.source = source;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = source.read(target, offset, (int) Math.min(length, left));
        left -= Math.max(0, count);
        return count;
    }
}
