package io.fieldserve.codec;

import java.nio.ByteBuffer;

/**
 * What follows the entries of a ZIP archive. By then everything in it is known, so it is read only to see that the
 * archive is whole, lists as many entries as it has, and is followed by nothing.
 */
record ZipDirectory(BodyInput body, int entries) {
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int ZIP64_END = 0x06064b50;
    private static final int ZIP64_LOCATOR = 0x07064b50;
    private static final int END = 0x06054b50;

    private static final int COUNT_IN_ZIP64 = 0xffff;
    private static final int LONGEST_ZIP64_END = 1 << 16;

    /** Reads to the end of the body, from after the given signature. */
    void read(int signature) {
        int next = readListing(signature);
        if (next == ZIP64_END) {
            next = readZip64End();
        }
        if (next == ZIP64_LOCATOR) {
            ZipReader.read(body, 16);
            next = ZipReader.read(body, 4).getInt();
        }
        if (next != END) {
            throw ZipReader.malformed("a ZIP archive", "an unknown record before byte " + body.position());
        }
        readEnd();
    }

    private int readListing(int signature) {
        int next = signature;
        int listed = 0;
        while (next == CENTRAL_HEADER) {
            ByteBuffer header = ZipReader.read(body, 42);
            ZipReader.read(body, Short.toUnsignedInt(header.getShort(24)));
            ZipReader.read(body, Short.toUnsignedInt(header.getShort(26)));
            ZipReader.read(body, Short.toUnsignedInt(header.getShort(28)));
            listed++;
            next = ZipReader.read(body, 4).getInt();
        }
        requireCount(listed);
        return next;
    }

    private int readZip64End() {
        long length = ZipReader.read(body, 8).getLong();
        if (length < 0 || length > LONGEST_ZIP64_END) {
            throw ZipReader.malformed(
                    "a ZIP64 end record of at most " + LONGEST_ZIP64_END + " bytes", length + " bytes");
        }
        ZipReader.read(body, (int) length);
        return ZipReader.read(body, 4).getInt();
    }

    private void readEnd() {
        ByteBuffer end = ZipReader.read(body, 18);
        int counted = Short.toUnsignedInt(end.getShort(6));
        if (counted != COUNT_IN_ZIP64) {
            requireCount(counted);
        }
        ZipReader.read(body, Short.toUnsignedInt(end.getShort(16)));
        if (!body.atEnd()) {
            throw ZipReader.malformed("nothing after the ZIP archive", "more bytes");
        }
    }

    private void requireCount(int count) {
        if (count != entries) {
            throw ZipReader.malformed("a directory of " + entries + " entries", count + " entries");
        }
    }
}
