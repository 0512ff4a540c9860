package io.fieldserve.codec;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes fields of arrays whose type and shape are told apart from their elements, which come little-endian and in C order.
 * A shape is judged before any memory is taken.
 */
public final class FieldArrays {
    private final InputContract contract;
    private final TensorAllocator allocator;

    public FieldArrays(InputContract contract, TensorAllocator allocator) {
        this.contract = contract;
        this.allocator = allocator;
    }

    /**
     * An array's name, the type of its elements under the name that the protocol has for it, and its shape as announced.
     *
     * @param dims however large or negative
     */
    public record Announced(String field, String typeName, NumberType type, List<Long> dims) {
        public Announced {
            dims = List.copyOf(dims);
        }
    }

    /** One element after another. */
    @FunctionalInterface
    public interface Numbers {
        float at(int index);
    }

    /** Reads the next {@code bytes} of a body, which must be just what the array needs. */
    public DecodedField read(Announced array, InputStream body, long bytes) {
        ElementReader reader = new ElementReader(
                array.field(),
                NumberFormat.littleEndian(array.typeName(), array.type()),
                false,
                contract.finiteOnly(array.field()));
        return reader.read(new Section(new BodyInput(body, OptionalLong.empty()), bytes), admit(array), allocator);
    }

    /** Copies all bytes of a buffer, which must be just what the array needs. */
    public DecodedField copy(Announced array, ByteBuffer bytes) {
        int size = array.type().bytes();
        Admission admission = admit(array);
        long expected = Math.multiplyExact(admission.announced().elements(), (long) size);
        if (bytes.remaining() != expected) {
            throw wrongSize(
                    array,
                    expected + " bytes of data for shape " + admission.announced() + " of " + array.typeName(),
                    bytes.remaining() + " bytes");
        }
        ByteBuffer source = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        return fill(array, admission, target -> {
            if (array.type() == NumberType.FLOAT32) {
                target.put(source.asFloatBuffer());
            } else {
                for (int index = 0; index < source.limit(); index += size) {
                    target.put(array.type().read(source, index));
                }
            }
        });
    }

    /** Copies numbers, of which there must be as many as the array has elements. */
    public DecodedField copy(Announced array, Numbers numbers, int count) {
        Admission admission = admit(array);
        if (count != admission.announced().elements()) {
            throw wrongSize(array, admission.expectedData(), "length " + count);
        }
        return fill(array, admission, target -> {
            for (int index = 0; index < count; index++) {
                target.put(numbers.at(index));
            }
        });
    }

    private interface Filling {
        void into(FloatBuffer target);
    }

    private DecodedField fill(Announced array, Admission admission, Filling filling) {
        Tensor tensor = allocator.allocate(DataType.FLOAT32, admission.full());
        try {
            filling.into(tensor.floats());
            DecodedField field = new DecodedField(array.field(), admission.announced(), tensor);
            FiniteCheck.require(field, contract);
            return field;
        } catch (RuntimeException | Error e) {
            tensor.close();
            throw e;
        }
    }

    private Admission admit(Announced array) {
        return Admission.of(contract, array.field(), dimensions(array.dims()));
    }

    static List<BigInteger> dimensions(List<Long> dims) {
        return dims.stream().map(BigInteger::valueOf).toList();
    }

    private static FailureException wrongSize(Announced array, String expected, String actual) {
        return new Failure.MalformedBody(array.field(), expected, actual).asException();
    }
}
