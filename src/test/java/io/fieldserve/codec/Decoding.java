package io.fieldserve.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.OptionalLong;

/** Decodes for one contract, and keeps account of the memory that this takes. */
final class Decoding implements TensorAllocator {
    private final SlabPool pool;
    private final InputDecoder decoder;
    private final InputContract contract;
    private long peakBytes;

    Decoding(InputDecoder decoder, InputContract contract) {
        this(decoder, contract, Long.MAX_VALUE);
    }

    /** Decodes with no more memory than the given number of bytes. */
    Decoding(InputDecoder decoder, InputContract contract, long limit) {
        this.pool = new SlabPool(0, limit);
        this.decoder = decoder;
        this.contract = contract;
    }

    /** The one field in the body, checked to be the only memory still taken, and released. */
    Decoded field(byte[] body, BodyLength length) {
        try (DecodedInputs inputs = inputs(new ByteArrayInputStream(body), length.of(body))) {
            assertThat(inputs.fields()).hasSize(1);
            assertThat(pool.outstandingSlabs()).isOne();
            return Decoded.from(inputs.fields().values().iterator().next());
        }
    }

    DecodedInputs inputs(byte[] body, BodyLength length) {
        return inputs(new ByteArrayInputStream(body), length.of(body));
    }

    DecodedInputs inputs(InputStream body, OptionalLong length) {
        return decoder.decode(body, length, contract, this);
    }

    /** The failure with which the body is refused, checked to have left no memory taken. */
    Failure refusal(byte[] body, BodyLength length) {
        return refusal(new ByteArrayInputStream(body), length.of(body));
    }

    Failure refusal(InputStream body, OptionalLong length) {
        FailureException refused = catchThrowableOfType(FailureException.class, () -> inputs(body, length));
        assertThat(refused).as("refusal").isNotNull();
        requireAllReleased();
        return refused.failure();
    }

    void requireAllReleased() {
        assertThat(pool.outstandingSlabs()).as("outstanding slabs").isZero();
    }

    /** The bytes that are taken now. */
    long takenBytes() {
        return pool.outstandingBytes();
    }

    /** The most bytes that were taken at any one time. */
    long peakBytes() {
        return peakBytes;
    }

    @Override
    public Tensor allocate(DataType type, Shape shape) {
        Tensor tensor = pool.allocate(type, shape);
        peakBytes = Math.max(peakBytes, pool.outstandingBytes());
        return tensor;
    }

    /** A decoded field on the heap. */
    record Decoded(String name, Shape announced, Shape full, FloatBuffer values) {
        static Decoded from(DecodedField field) {
            FloatBuffer copy = FloatBuffer.allocate((int) field.tensor().shape().elements());
            copy.put(field.tensor().floats()).flip();
            return new Decoded(field.name(), field.announced(), field.tensor().shape(), copy);
        }
    }
}
