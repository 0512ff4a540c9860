package io.fieldserve.codec;

import io.fieldserve.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;

/** Files that numpy has written (see make_fixtures.py), and NPY arrays to put wrong things in. */
final class Fixtures {
    /** The shape of every array in the files that says nothing else. */
    static final Shape SHAPE = Shape.of(2, 1, 3, 4);

    private Fixtures() {}

    static byte[] read(String name) {
        try (InputStream file = Fixtures.class.getResourceAsStream("/codec/" + name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the floating-point files hold: the place of each element, times a quarter, less one and a half. */
    static FloatBuffer halves() {
        FloatBuffer values = FloatBuffer.allocate((int) SHAPE.elements());
        while (values.hasRemaining()) {
            values.put(values.position() * 0.25f - 1.5f);
        }
        return values.flip();
    }

    /** An array in NPY format 1.0. */
    static byte[] npy(String dictionary, byte[] data) {
        byte[] header = dictionary.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer array = ByteBuffer.allocate(10 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        array.put(NpyHeader.MAGIC).put((byte) 1).put((byte) 0).putShort((short) header.length);
        return array.put(header).put(data).array();
    }

    static byte[] npy(String descr, String shape, byte[] data) {
        return npy("{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }\n", data);
    }

    /** Little-endian {@code float32}. */
    static byte[] bytes(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
