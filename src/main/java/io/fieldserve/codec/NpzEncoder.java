package io.fieldserve.codec;

import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * {@code application/x-npz}: named arrays, stored without compression, written one after another as they are added.
 * Equal arrays give equal bytes. Closing the encoder ends the archive and leaves the target open.
 */
public final class NpzEncoder implements AutoCloseable {
    /** The earliest time that ZIP can express, which numpy writes as well. */
    private static final LocalDateTime TIMELESS = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream archive;

    public NpzEncoder(OutputStream target) {
        this.archive = new ZipOutputStream(new Unclosed(target));
    }

    /**
     * Writes the tensor under the given name and shape.
     *
     * @throws IllegalArgumentException if the shape has another number of elements than the tensor
     */
    public void add(String name, Tensor tensor, Shape shown) throws IOException {
        byte[] header = NpyEncoder.header(tensor, shown);
        CRC32 checksum = new CRC32();
        checksum.update(header);
        checksum.update(tensor.bytes());
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(TIMELESS);
        entry.setSize(NpyEncoder.size(tensor, shown));
        entry.setCrc(checksum.getValue());
        archive.putNextEntry(entry);
        archive.write(header);
        RawEncoder.write(archive, tensor);
        archive.closeEntry();
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }

    /** Passes everything on but the end, so that closing the archive frees its native memory and nothing else. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream target) {
            super(target);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
