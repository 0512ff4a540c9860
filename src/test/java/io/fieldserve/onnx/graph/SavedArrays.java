package io.fieldserve.onnx.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** float32 arrays that numpy saved, by name. */
final class SavedArrays {

    private static final int MAGIC_AND_VERSION = 8;
    private static final Pattern SHAPE =
            Pattern.compile("'descr': '<f4', 'fortran_order': False, 'shape': \\(([^)]*)\\)");

    private SavedArrays() {}

    static Map<String, Array> read(InputStream npz) {
        Map<String, Array> arrays = new HashMap<>();
        try (ZipInputStream archive = new ZipInputStream(npz)) {
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                arrays.put(entry.getName().replace(".npy", ""), array(archive.readAllBytes()));
            }
            return arrays;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Array array(byte[] npy) {
        ByteBuffer bytes = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC_AND_VERSION);
        byte[] header = new byte[bytes.getShort()];
        bytes.get(header);
        Matcher shape = SHAPE.matcher(new String(header, StandardCharsets.ISO_8859_1));
        if (!shape.find()) {
            throw new AssertionError("not a float32 array");
        }
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return new Array(
                Stream.of(shape.group(1).split(","))
                        .map(String::strip)
                        .filter(size -> !size.isEmpty())
                        .mapToLong(Long::parseLong)
                        .toArray(),
                values);
    }
}
