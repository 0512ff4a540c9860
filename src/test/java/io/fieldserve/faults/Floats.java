package io.fieldserve.faults;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Raw float32, little-endian. */
final class Floats {

    static final String TYPE = "application/octet-stream";

    private Floats() {}

    static byte[] bytes(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    static float[] of(byte[] bytes) {
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }
}
