package io.fieldserve.codec;

import java.util.OptionalLong;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The content of an archive entry that is compressed. How much it unpacks to is never certain before its end. */
final class DeflatedEntry implements ByteInput {
    private final BodyInput body;
    private final Inflater inflater;
    private final String name;
    private final ZipSizes sizes;
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[1 << 13];
    private int buffered;
    private boolean ended;

    DeflatedEntry(BodyInput body, Inflater inflater, String name, ZipSizes sizes) {
        this.body = body;
        this.inflater = inflater;
        this.name = name;
        this.sizes = sizes;
        inflater.reset();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        while (!ended) {
            int count = inflate(target, offset, length);
            if (count > 0) {
                checksum.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                end();
            } else {
                refill();
            }
        }
        return -1;
    }

    @Override
    public OptionalLong remaining() {
        return OptionalLong.empty();
    }

    private int inflate(byte[] target, int offset, int length) {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw ZipReader.malformed(name + " to be deflated data", "damaged data");
        }
    }

    private void refill() {
        if (inflater.needsDictionary()) {
            throw ZipReader.malformed(name + " to be deflated without a dictionary", "one that needs it");
        }
        buffered = body.read(buffer, 0, buffer.length);
        if (buffered < 0) {
            throw ZipReader.malformed("a whole ZIP archive", "one that ends within " + name);
        }
        inflater.setInput(buffer, 0, buffered);
    }

    private void end() {
        ended = true;
        int surplus = inflater.getRemaining();
        if (surplus > 0) {
            body.unread(buffer, buffered - surplus, surplus);
        }
        sizes.readDescriptor(body)
                .verify(name, inflater.getBytesRead(), inflater.getBytesWritten(), checksum.getValue());
    }
}
