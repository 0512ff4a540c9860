package io.fieldserve.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** ZIP archives, right and wrong. */
final class Archives {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);

    /** Adds an entry that is compressed and followed by its sizes. */
    Archives deflated(String name, byte[]... content) {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.DEFLATED);
        return write(entry, content);
    }

    /** Adds an entry that isn't compressed. */
    Archives stored(String name, byte[] content) {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setCrc(checksum.getValue());
        return write(entry, content);
    }

    byte[] finish() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The archive with every occurrence of one text replaced by another of the same length. */
    static byte[] replace(byte[] archive, String text, String replacement) {
        return new String(archive, StandardCharsets.ISO_8859_1)
                .replace(text, replacement)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The archive with one byte replaced. */
    static byte[] with(byte[] archive, int position, int value) {
        byte[] changed = archive.clone();
        changed[position] = (byte) value;
        return changed;
    }

    private Archives write(ZipEntry entry, byte[]... content) {
        try {
            zip.putNextEntry(entry);
            for (byte[] part : content) {
                zip.write(part);
            }
            zip.closeEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
