package io.fieldserve.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * How the elements of a binary array are written.
 *
 * @param name as NPY writes it, such as {@code <f4}
 */
record NumberFormat(String name, ByteOrder order, NumberType type) {
    /** Little-endian {@code float32}, which is what tensors hold. */
    static final NumberFormat RAW = new NumberFormat("<f4", ByteOrder.LITTLE_ENDIAN, NumberType.FLOAT32);

    /** Little-endian elements of a type, under the name that a protocol has for it. */
    static NumberFormat littleEndian(String name, NumberType type) {
        return new NumberFormat(name, ByteOrder.LITTLE_ENDIAN, type);
    }

    /** The format that an NPY header names, if it is one that converts to {@code float32}. */
    static Optional<NumberFormat> named(String name) {
        if (name.length() != 3) {
            return Optional.empty();
        }
        return NumberType.coded(name.substring(1)).flatMap(type -> switch (name.charAt(0)) {
            case '<' -> Optional.of(new NumberFormat(name, ByteOrder.LITTLE_ENDIAN, type));
            case '>' -> Optional.of(new NumberFormat(name, ByteOrder.BIG_ENDIAN, type));
            case '|' ->
                type.bytes() == 1
                        ? Optional.of(new NumberFormat(name, ByteOrder.LITTLE_ENDIAN, type))
                        : Optional.empty();
            default -> Optional.empty();
        });
    }

    /** Whether elements can be copied into a tensor as they are. */
    boolean isRaw() {
        return type == NumberType.FLOAT32 && order == ByteOrder.LITTLE_ENDIAN;
    }

    int bytes() {
        return type.bytes();
    }

    ByteBuffer view(byte[] chunk) {
        return ByteBuffer.wrap(chunk).order(order);
    }
}
