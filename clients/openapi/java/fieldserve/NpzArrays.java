package fieldserve;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** As much of NumPy's archives as the tests need: arrays of little-endian float32 in C order, seen flat. */
final class NpzArrays {

    private static final int PREFIX_BYTES = 10;

    private NpzArrays() {}

    /** The arrays of an archive by name. */
    static Map<String, float[]> read(byte[] archive) throws IOException {
        Map<String, float[]> arrays = new HashMap<>();
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                arrays.put(entry.getName().replace(".npy", ""), values(entries.readAllBytes()));
            }
        }
        return arrays;
    }

    private static float[] values(byte[] npy) {
        ByteBuffer bytes = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
        int start = PREFIX_BYTES + bytes.getShort(PREFIX_BYTES - 2);
        float[] values = new float[(npy.length - start) / Float.BYTES];
        bytes.position(start);
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /** An archive of one array. */
    static byte[] write(String name, String shape, float[] values) throws IOException {
        String description = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }".formatted(shape);
        ByteBuffer npy = ByteBuffer.allocate(PREFIX_BYTES + description.length() + values.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) description.length())
                .put(description.getBytes(StandardCharsets.US_ASCII));
        for (float value : values) {
            npy.putFloat(value);
        }
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(archive)) {
            entries.putNextEntry(new ZipEntry(name + ".npy"));
            entries.write(npy.array());
        }
        return archive.toByteArray();
    }
}
