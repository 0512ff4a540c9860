package io.fieldserve.codec;

import java.util.OptionalLong;
import java.util.zip.CRC32;

/** The content of an archive entry that isn't compressed. */
final class StoredEntry implements ByteInput {
    private final BodyInput body;
    private final String name;
    private final ZipSizes sizes;
    private final CRC32 checksum = new CRC32();
    private long left;

    StoredEntry(BodyInput body, String name, ZipSizes sizes) {
        this.body = body;
        this.name = name;
        this.sizes = sizes;
        this.left = sizes.compressed();
        OptionalLong rest = body.remaining();
        if (left < 0 || (rest.isPresent() && left > rest.getAsLong())) {
            throw ZipReader.malformed(
                    name + " to fit in the body", Long.toUnsignedString(left) + " bytes announced for it");
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (left == 0) {
            sizes.verify(name, sizes.compressed(), sizes.compressed(), checksum.getValue());
            return -1;
        }
        int count = body.read(target, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw ZipReader.malformed("a whole ZIP archive", "one that ends within " + name);
        }
        checksum.update(target, offset, count);
        left -= count;
        return count;
    }

    @Override
    public OptionalLong remaining() {
        return body.remaining().isPresent() ? OptionalLong.of(left) : OptionalLong.empty();
    }
}
