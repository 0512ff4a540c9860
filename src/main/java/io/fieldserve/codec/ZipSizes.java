package io.fieldserve.codec;

import java.nio.ByteBuffer;

/**
 * What the archive says about an entry's content.
 *
 * @param follow whether the numbers come in a descriptor behind the content rather than before it
 * @param zip64 whether sizes in that descriptor have eight bytes
 */
record ZipSizes(int checksum, long compressed, long uncompressed, boolean follow, boolean zip64) {
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int ZIP64_EXTRA = 1;
    private static final long IN_EXTRA = 0xffffffffL;

    /** These sizes with what the ZIP64 record among the extra fields says instead, if there is one. */
    ZipSizes withExtra(ByteBuffer extra) {
        while (extra.remaining() >= 4) {
            int tag = Short.toUnsignedInt(extra.getShort());
            int length = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
            if (tag == ZIP64_EXTRA) {
                return withZip64(extra.slice(extra.position(), length).order(extra.order()));
            }
            extra.position(extra.position() + length);
        }
        return this;
    }

    /** These sizes, or those in the descriptor that follows the content in the body. */
    ZipSizes readDescriptor(BodyInput body) {
        if (!follow) {
            return this;
        }
        int first = ZipReader.read(body, 4).getInt();
        int actualChecksum = first == DESCRIPTOR ? ZipReader.read(body, 4).getInt() : first;
        ByteBuffer sizes = ZipReader.read(body, zip64 ? 16 : 8);
        long actualCompressed = zip64 ? sizes.getLong() : Integer.toUnsignedLong(sizes.getInt());
        long actualUncompressed = zip64 ? sizes.getLong() : Integer.toUnsignedLong(sizes.getInt());
        return new ZipSizes(actualChecksum, actualCompressed, actualUncompressed, false, zip64);
    }

    /** Fails unless the content was as these sizes say. */
    void verify(String entry, long actualCompressed, long actualUncompressed, long actualChecksum) {
        if (compressed != actualCompressed || uncompressed != actualUncompressed) {
            throw ZipReader.malformed(
                    entry + " to have " + uncompressed + " bytes in " + compressed,
                    actualUncompressed + " bytes in " + actualCompressed);
        }
        if (checksum != (int) actualChecksum) {
            throw ZipReader.malformed(entry + " to match its checksum", "damaged content");
        }
    }

    private ZipSizes withZip64(ByteBuffer record) {
        long actualUncompressed =
                uncompressed == IN_EXTRA && record.remaining() >= Long.BYTES ? record.getLong() : uncompressed;
        long actualCompressed =
                compressed == IN_EXTRA && record.remaining() >= Long.BYTES ? record.getLong() : compressed;
        return new ZipSizes(checksum, actualCompressed, actualUncompressed, follow, true);
    }
}
