package io.fieldserve.codec;

import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * {@code application/x-npz}: named arrays in a ZIP archive without compression (PKWARE APPNOTE 6.3.10, sections 4.3.7,
 * 4.3.12 and 4.3.16). The arrays' bytes stay where they lie; only what stands around them is made. Equal arrays give
 * equal bytes.
 */
public final class NpzEncoder {
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int END_OF_DIRECTORY = 0x06054b50;
    private static final short VERSION = 20;
    private static final short UTF8_NAMES = 1 << 11;
    private static final short STORED = 0;
    /** Midnight of 1 January 1980, the earliest that ZIP can express, which numpy writes as well. */
    private static final int TIMELESS = 0x0021_0000;

    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;

    private final List<ByteBuffer> pieces = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private long position;

    private record Entry(ByteBuffer name, int checksum, int size, int offset) {}

    /**
     * Adds the tensor under the given name and shape.
     *
     * @throws IllegalArgumentException if the shape has another number of elements than the tensor
     * @throws ArithmeticException if the archive would pass 2 GiB
     */
    public void add(String name, Tensor tensor, Shape shown) {
        List<ByteBuffer> array = NpyEncoder.encode(tensor, shown);
        CRC32 checksum = new CRC32();
        long size = 0;
        for (ByteBuffer piece : array) {
            checksum.update(piece.duplicate());
            size += piece.remaining();
        }
        ByteBuffer fileName = StandardCharsets.UTF_8.encode(name + ".npy").asReadOnlyBuffer();
        Entry entry = new Entry(fileName, (int) checksum.getValue(), Math.toIntExact(size), Math.toIntExact(position));
        entries.add(entry);
        appendWritten(describe(buffer(LOCAL_BYTES, entry).putInt(LOCAL_HEADER), entry)
                .putShort((short) 0)
                .put(fileName.duplicate()));
        array.forEach(this::append);
    }

    /** The whole archive. Its parts read from the tensors' own memory. */
    public List<ByteBuffer> finish() {
        int start = Math.toIntExact(position);
        for (Entry entry : entries) {
            ByteBuffer header =
                    buffer(CENTRAL_BYTES, entry).putInt(CENTRAL_HEADER).putShort(VERSION);
            appendWritten(describe(header, entry)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt(entry.offset())
                    .put(entry.name().duplicate()));
        }
        int length = Math.toIntExact(position - start);
        appendWritten(ByteBuffer.allocate(END_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(END_OF_DIRECTORY)
                .putInt(0)
                .putShort((short) entries.size())
                .putShort((short) entries.size())
                .putInt(length)
                .putInt(start)
                .putShort((short) 0));
        return List.copyOf(pieces);
    }

    private static ByteBuffer buffer(int bytes, Entry entry) {
        return ByteBuffer.allocate(bytes + entry.name().remaining()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What both headers say of an entry, up to the length of its name. */
    private static ByteBuffer describe(ByteBuffer header, Entry entry) {
        return header.putShort(VERSION)
                .putShort(UTF8_NAMES)
                .putShort(STORED)
                .putInt(TIMELESS)
                .putInt(entry.checksum())
                .putInt(entry.size())
                .putInt(entry.size())
                .putShort((short) entry.name().remaining());
    }

    private void appendWritten(ByteBuffer header) {
        append(header.flip());
    }

    private void append(ByteBuffer piece) {
        pieces.add(piece);
        position += piece.remaining();
    }
}
