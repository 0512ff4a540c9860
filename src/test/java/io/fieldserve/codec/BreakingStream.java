package io.fieldserve.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that breaks off with an exception where it should end. */
final class BreakingStream extends InputStream {
    private final ByteArrayInputStream start;
    private final IOException exception;

    BreakingStream(byte[] start, IOException exception) {
        this.start = new ByteArrayInputStream(start);
        this.exception = exception;
    }

    @Override
    public int read() throws IOException {
        requireMore();
        return start.read();
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        requireMore();
        return start.read(target, offset, count);
    }

    private void requireMore() throws IOException {
        if (start.available() == 0) {
            throw exception;
        }
    }
}
