package io.fieldserve.codec;

import java.util.OptionalLong;

/**
 * Bytes to decode: a whole body or one entry of an archive. Reading fails with a
 * {@link io.fieldserve.prediction.FailureException} where the content is at fault.
 */
interface ByteInput {
    /** As many bytes as are at hand, at least one; or -1 at the end, once all that can be verified has been. */
    int read(byte[] target, int offset, int length);

    /** How many bytes are still to come, as announced, where the length of the body is known. Fewer may come. */
    OptionalLong remaining();

    /** Reads {@code length} bytes, or fewer if the end comes before; returns how many. */
    default int fill(byte[] target, int length) {
        int filled = 0;
        while (filled < length) {
            int count = read(target, filled, length - filled);
            if (count < 0) {
                break;
            }
            filled += count;
        }
        return filled;
    }

    default boolean atEnd() {
        return fill(new byte[1], 1) == 0;
    }
}
