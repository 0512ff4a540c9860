package io.fieldserve.codec;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;

/**
 * The content of a body that came gzipped, inflated as it is read and not before, so that its memory doesn't depend on
 * what it inflates to. Damage shows while reading, as the decoders expect. Closing it leaves the body open.
 */
public final class GzipInput extends InputStream {
    private static final int CHUNK = 1 << 13;

    private final InputStream compressed;
    private GZIPInputStream content;

    public GzipInput(InputStream body) {
        this.compressed = new Unclosed(body);
    }

    @Override
    public int read() throws IOException {
        return content().read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return content().read(target, offset, length);
    }

    @Override
    public void close() {
        if (content != null) {
            try {
                content.close();
            } catch (IOException e) {
                throw new UncheckedIOException("nothing is closed but memory", e);
            }
        }
    }

    /** Made for the first byte, as that reads what the format has before its content. */
    private GZIPInputStream content() throws IOException {
        if (content == null) {
            content = new GZIPInputStream(compressed, CHUNK);
        }
        return content;
    }

    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream body) {
            super(body);
        }

        @Override
        public void close() {}
    }
}
