package io.fieldserve.codec;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Reads the elements of one binary array, which must end where its input ends. An input that announces another length
 * than the array's is refused before it is read; one that announces the right length gets no memory for that.
 */
record ElementReader(String field, NumberFormat format, boolean fortranOrder, boolean finiteOnly) {
    /** Small enough to stay in the nearest cache between the socket and the tensor. */
    private static final int CHUNK = 1 << 13;

    /** Reads all elements of an admitted shape, in C order, into memory that the allocator gives as they arrive. */
    DecodedField read(ByteInput input, Admission admission, TensorAllocator allocator) {
        Shape announced = admission.announced();
        OptionalLong remaining = input.remaining();
        if (remaining.isPresent() && remaining.getAsLong() != byteCount(announced)) {
            throw wrongSize(announced, remaining.getAsLong() + " bytes");
        }
        try (GrowingTensor elements = GrowingTensor.upTo(allocator, announced.elements())) {
            copy(input, announced, elements);
            if (!input.atEnd()) {
                throw wrongSize(announced, "more bytes than that");
            }
            return new DecodedField(field, announced, finish(elements, admission, allocator));
        }
    }

    private void copy(ByteInput input, Shape announced, GrowingTensor elements) {
        long total = byteCount(announced);
        byte[] chunk = new byte[(int) Math.min(CHUNK, total)];
        ByteBuffer view = format.view(chunk);
        for (long done = 0; done < total; done += chunk.length) {
            int length = (int) Math.min(chunk.length, total - done);
            int filled = input.fill(chunk, length);
            if (filled < length) {
                throw wrongSize(announced, (done + filled) + " bytes");
            }
            if (format.isRaw()) {
                appendRaw(chunk, length, announced, elements);
            } else {
                appendConverted(view, length, announced, elements);
            }
        }
    }

    private void appendRaw(byte[] chunk, int length, Shape announced, GrowingTensor elements) {
        int before = elements.elements();
        elements.append(chunk, length);
        if (finiteOnly) {
            int offender = FiniteCheck.firstOffender(elements.since(before));
            if (offender >= 0) {
                int place = before + offender;
                throw notFinite(Float.toString(elements.since(place).get()), announced, place);
            }
        }
    }

    private void appendConverted(ByteBuffer view, int length, Shape announced, GrowingTensor elements) {
        for (int index = 0; index < length; index += format.bytes()) {
            float value = format.type().read(view, index);
            if (finiteOnly && !Float.isFinite(value)) {
                throw notFinite(format.type().text(view, index), announced, elements.elements());
            }
            elements.append(value);
        }
    }

    private Tensor finish(GrowingTensor elements, Admission admission, TensorAllocator allocator) {
        Tensor finished = elements.finish(admission.full());
        if (!fortranOrder) {
            return finished;
        }
        try (finished) {
            Tensor transposed = allocator.allocate(DataType.FLOAT32, admission.full());
            FortranOrder.toRowMajor(finished.floats(), transposed.floats(), admission.announced());
            return transposed;
        }
    }

    private long byteCount(Shape shape) {
        return Math.multiplyExact(shape.elements(), (long) format.bytes());
    }

    private FailureException wrongSize(Shape announced, String actual) {
        String expected = byteCount(announced) + " bytes of data for shape " + announced + " of " + format.name();
        return new Failure.MalformedBody(field, expected, actual).asException();
    }

    private FailureException notFinite(String value, Shape announced, int place) {
        String index =
                fortranOrder ? IndexPath.inColumnMajor(announced, place) : IndexPath.inRowMajor(announced, place);
        return FiniteCheck.failure(field, value, index);
    }
}
