package io.fieldserve.codec;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The header of an NPY array in format 1.0, 2.0 or 3.0: its element type, its order and its dimensions as announced,
 * which may be negative or of any size.
 */
record NpyHeader(String descr, boolean fortranOrder, List<BigInteger> dimensions) {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private static final int LONGEST = 1 << 16;

    /** Reads the header and leaves the input at the first element. */
    static NpyHeader read(ByteInput input, String field) {
        byte[] preamble = new byte[MAGIC.length + 2];
        int filled = input.fill(preamble, preamble.length);
        if (filled == 0) {
            throw malformed(field, "an NPY array", "no bytes");
        }
        if (!Arrays.equals(preamble, 0, Math.min(filled, MAGIC.length), MAGIC, 0, Math.min(filled, MAGIC.length))) {
            throw malformed(field, "an NPY array, which starts with \\x93NUMPY", "something else");
        }
        if (filled < preamble.length) {
            throw malformed(field, "a whole NPY header", filled + " bytes");
        }
        int major = preamble[MAGIC.length];
        if (major < 1 || major > 3 || preamble[MAGIC.length + 1] != 0) {
            throw malformed(field, "NPY format 1.0, 2.0 or 3.0", "version " + major + "." + preamble[MAGIC.length + 1]);
        }
        byte[] header = readText(input, field, major == 1 ? 2 : 4);
        Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return new NpyHeaderParser(new String(header, charset), field).parse();
    }

    private static byte[] readText(ByteInput input, String field, int lengthBytes) {
        byte[] prefix = new byte[lengthBytes];
        if (input.fill(prefix, lengthBytes) < lengthBytes) {
            throw malformed(field, "a whole NPY header", "its beginning");
        }
        long length = 0;
        for (int i = lengthBytes - 1; i >= 0; i--) {
            length = length << 8 | Byte.toUnsignedInt(prefix[i]);
        }
        if (length > LONGEST) {
            throw malformed(field, "an NPY header of at most " + LONGEST + " bytes", length + " bytes");
        }
        byte[] text = new byte[(int) length];
        int filled = input.fill(text, text.length);
        if (filled < text.length) {
            throw malformed(field, "an NPY header of " + length + " bytes", filled + " bytes");
        }
        return text;
    }

    private static FailureException malformed(String field, String expected, String actual) {
        return new Failure.MalformedBody(field, expected, actual).asException();
    }
}
