package io.fieldserve.codec;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.Inflater;

/**
 * The entries of a ZIP archive in the order in which they are stored, read front to back, so that nothing has to be
 * kept of the archive. Understands stored and deflated entries, ZIP64 and data descriptors. Unlike the reader of the
 * JDK it notices an archive that ends anywhere before its end, its directory included.
 */
final class ZipReader implements AutoCloseable {
    /** An entry, whose content must be read to its end before the next entry is asked for. */
    record Entry(String name, ByteInput content) {}

    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;
    private static final int SIZES_FOLLOW = 1 << 3;

    private final BodyInput body;
    private final Inflater inflater = new Inflater(true);
    private int entries;

    ZipReader(BodyInput body) {
        this.body = body;
    }

    /** The next entry, or null once the archive has been read to its end. */
    Entry next() {
        int signature = signature();
        if (signature != LOCAL_HEADER) {
            new ZipDirectory(body, entries).read(signature);
            return null;
        }
        entries++;
        ByteBuffer header = read(body, 26);
        int flags = header.getShort(2);
        int method = header.getShort(4);
        ZipSizes sizes = new ZipSizes(
                header.getInt(10),
                Integer.toUnsignedLong(header.getInt(14)),
                Integer.toUnsignedLong(header.getInt(18)),
                (flags & SIZES_FOLLOW) != 0,
                false);
        String name = StandardCharsets.UTF_8
                .decode(read(body, Short.toUnsignedInt(header.getShort(22))))
                .toString();
        sizes = sizes.withExtra(read(body, Short.toUnsignedInt(header.getShort(24))));
        return new Entry(name, content(name, flags, method, sizes));
    }

    @Override
    public void close() {
        inflater.end();
    }

    /** Reads exactly {@code length} bytes, at most 64 KiB, as little-endian. */
    static ByteBuffer read(BodyInput body, int length) {
        byte[] bytes = new byte[length];
        if (body.fill(bytes, length) < length) {
            throw malformed("a whole ZIP archive", "one that ends after " + body.position() + " bytes");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static FailureException malformed(String expected, String actual) {
        return new Failure.MalformedBody("", expected, actual).asException();
    }

    private int signature() {
        if (body.position() > 0) {
            return read(body, 4).getInt();
        }
        byte[] start = new byte[4];
        int filled = body.fill(start, start.length);
        if (filled == 0) {
            throw malformed("an NPZ archive", "an empty body");
        }
        if (filled < start.length || start[0] != 'P' || start[1] != 'K') {
            throw malformed("an NPZ archive, which starts with PK", "something else");
        }
        return ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private ByteInput content(String name, int flags, int method, ZipSizes sizes) {
        String quoted = Excerpt.quoted(name);
        if ((flags & ENCRYPTED) != 0) {
            throw malformed("entries that are not encrypted", quoted + ", which is");
        }
        if (method == DEFLATED) {
            return new DeflatedEntry(body, inflater, quoted, sizes);
        }
        if (method != STORED) {
            throw malformed("stored or deflated entries", quoted + " with compression method " + method);
        }
        if (sizes.follow()) {
            throw malformed("stored entries with their size before the data", quoted + " with its size after it");
        }
        return new StoredEntry(body, quoted, sizes);
    }
}
