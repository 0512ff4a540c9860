package io.fieldserve.codec;

import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code application/x-npy}: one array in NPY format 1.0, its data aligned to 64 bytes as numpy has it. */
public final class NpyEncoder {
    private static final int ALIGNMENT = 64;
    private static final int PREFIX = NpyHeader.MAGIC.length + 4;

    private NpyEncoder() {}

    /**
     * The tensor under the given shape, its data read from the tensor's own memory.
     *
     * @throws IllegalArgumentException if the shape has another number of elements than the tensor
     */
    public static List<ByteBuffer> encode(Tensor tensor, Shape shown) {
        return List.of(ByteBuffer.wrap(header(tensor, shown)), tensor.bytes().asReadOnlyBuffer());
    }

    /** Everything before the data: magic, version, length and dictionary, padded with spaces up to a newline. */
    static byte[] header(Tensor tensor, Shape shown) {
        if (shown.elements() != tensor.shape().elements()) {
            throw new IllegalArgumentException("Cannot show " + tensor + " as " + shown);
        }
        byte[] dictionary = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
                .formatted(descr(tensor.dataType()), tuple(shown))
                .getBytes(StandardCharsets.US_ASCII);
        int unpadded = PREFIX + dictionary.length + 1;
        int length = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] header = new byte[length];
        Arrays.fill(header, (byte) ' ');
        System.arraycopy(NpyHeader.MAGIC, 0, header, 0, NpyHeader.MAGIC.length);
        header[6] = 1;
        header[7] = 0;
        header[8] = (byte) (length - PREFIX);
        header[9] = (byte) ((length - PREFIX) >> Byte.SIZE);
        System.arraycopy(dictionary, 0, header, PREFIX, dictionary.length);
        header[length - 1] = '\n';
        return header;
    }

    private static String descr(DataType type) {
        return switch (type) {
            case FLOAT32 -> NumberFormat.RAW.name();
        };
    }

    private static String tuple(Shape shape) {
        String dims = Arrays.stream(shape.dims()).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return shape.rank() == 1 ? "(" + dims + ",)" : "(" + dims + ")";
    }
}
