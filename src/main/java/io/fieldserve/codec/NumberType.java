package io.fieldserve.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The number types that convert to {@code float32}, each rounding once, to the nearest. */
public enum NumberType {
    BOOL("b1", 1) {
        @Override
        float read(ByteBuffer source, int index) {
            return source.get(index) == 0 ? 0 : 1;
        }
    },
    INT8("i1", 1) {
        @Override
        float read(ByteBuffer source, int index) {
            return source.get(index);
        }
    },
    INT16("i2", 2) {
        @Override
        float read(ByteBuffer source, int index) {
            return source.getShort(index);
        }
    },
    INT32("i4", 4) {
        @Override
        float read(ByteBuffer source, int index) {
            return (float) source.getInt(index);
        }
    },
    INT64("i8", 8) {
        @Override
        float read(ByteBuffer source, int index) {
            return (float) source.getLong(index);
        }
    },
    UINT8("u1", 1) {
        @Override
        float read(ByteBuffer source, int index) {
            return Byte.toUnsignedInt(source.get(index));
        }
    },
    UINT16("u2", 2) {
        @Override
        float read(ByteBuffer source, int index) {
            return Short.toUnsignedInt(source.getShort(index));
        }
    },
    UINT32("u4", 4) {
        @Override
        float read(ByteBuffer source, int index) {
            return (float) Integer.toUnsignedLong(source.getInt(index));
        }
    },
    UINT64("u8", 8) {
        @Override
        float read(ByteBuffer source, int index) {
            return ofUnsigned(source.getLong(index));
        }
    },
    FLOAT16("f2", 2) {
        @Override
        float read(ByteBuffer source, int index) {
            return Float.float16ToFloat(source.getShort(index));
        }
    },
    /** The upper half of a {@code float32}. NPY has no such type, nor so short a name. */
    BFLOAT16("", 2) {
        @Override
        float read(ByteBuffer source, int index) {
            return Float.intBitsToFloat(source.getShort(index) << Short.SIZE);
        }
    },
    FLOAT32("f4", 4) {
        @Override
        float read(ByteBuffer source, int index) {
            return source.getFloat(index);
        }
    },
    FLOAT64("f8", 8) {
        @Override
        float read(ByteBuffer source, int index) {
            return (float) source.getDouble(index);
        }

        @Override
        String text(ByteBuffer source, int index) {
            return Double.toString(source.getDouble(index));
        }
    };

    private final String code;
    private final int bytes;

    NumberType(String code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The nearest {@code float32} of 64 bits without a sign. */
    public static float ofUnsigned(long bits) {
        // Halved with the lost bit kept as sticky, so that the conversion rounds as it would for the whole value.
        return bits >= 0 ? (float) bits : (float) ((bits >>> 1) | (bits & 1)) * 2;
    }

    static Optional<NumberType> coded(String code) {
        return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
    }

    int bytes() {
        return bytes;
    }

    /** The element at the given byte index. */
    abstract float read(ByteBuffer source, int index);

    /** The element at the given byte index as it was sent, before conversion. */
    String text(ByteBuffer source, int index) {
        return Float.toString(read(source, index));
    }
}
