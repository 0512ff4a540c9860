package io.fieldserve.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.codec.FieldArrays.Announced;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Elements of a body, a buffer or a list become a field of the announced shape, or are refused without a trace. */
class FieldArraysTest {
    private static final InputContract CONTRACT = GridContract.of("a");
    private static final List<Long> TWO_BY_THREE = List.of(2L, 3L);

    private final SlabPool pool = new SlabPool(0);
    private final FieldArrays arrays = new FieldArrays(CONTRACT, pool);

    @AfterEach
    void nothingIsTaken() {
        assertThat(pool.outstandingSlabs()).isZero();
    }

    @Test
    void readsItsPartOfABodyAndNoMore() throws IOException {
        // Given: six little-endian int16 and a byte of something else
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[] {1, 0, 2, 0, 0, 1, -1, -1, 0, -128, 7, 0, 42});

        // When
        try (DecodedInputs inputs = inputs(arrays.read(announced(NumberType.INT16), body, 12))) {

            // Then
            DecodedField field = inputs.fields().get("a");
            assertThat(field.announced()).isEqualTo(Shape.of(2, 3));
            assertThat(field.tensor().shape()).isEqualTo(Shape.of(1, 1, 2, 3));
            assertThat(values(field)).containsExactly(1, 2, 256, -1, -32768, 7);
            assertThat(body.read()).isEqualTo(42);
        }
    }

    @ParameterizedTest
    @CsvSource({"11, 11 bytes", "13, 13 bytes", "0, 0 bytes", "9223372036854775807, 9223372036854775807 bytes"})
    void refusesAPartOfAnotherSize(long bytes, String actual) {
        // When
        Failure failure =
                failure(() -> arrays.read(announced(NumberType.INT16), new ByteArrayInputStream(new byte[20]), bytes));

        // Then
        assertThat(failure).isEqualTo(new Failure.MalformedBody("a", "12 bytes of data for shape [2, 3] of T", actual));
    }

    @Test
    void refusesABodyThatEndsBeforeItsPart() {
        // When
        Failure failure =
                failure(() -> arrays.read(announced(NumberType.INT16), new ByteArrayInputStream(new byte[5]), 12));

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.MalformedBody("a", "12 bytes of data for shape [2, 3] of T", "5 bytes"));
    }

    @ParameterizedTest
    @CsvSource({"129, 2, TooLarge", "2, -3, MalformedBody", "0, 3, InvalidInput", "4611686018427387904, 4, TooLarge"})
    void judgesAShapeBeforeItTakesMemory(long height, long width, String failure) {
        // Given
        FieldArrays withoutMemory = new FieldArrays(CONTRACT, (type, shape) -> {
            throw new AssertionError("memory for " + shape);
        });
        Announced array = new Announced("a", "T", NumberType.FLOAT32, List.of(height, width));

        // When
        List<Failure> failures = List.of(
                failure(() -> withoutMemory.read(array, new ByteArrayInputStream(new byte[0]), 0)),
                failure(() -> withoutMemory.copy(array, ByteBuffer.allocate(0))),
                failure(() -> withoutMemory.copy(array, index -> 0, 0)));

        // Then
        assertThat(failures).extracting(kind -> kind.getClass().getSimpleName()).containsOnly(failure);
    }

    @Test
    void copiesABufferFromItsPositionWhateverItsOrder() {
        // Given
        ByteBuffer bytes = ByteBuffer.allocate(1 + 6 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 9);
        for (float value : new float[] {1.5f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f, -2}) {
            bytes.putFloat(value);
        }
        bytes.position(1).order(ByteOrder.BIG_ENDIAN);

        // When
        try (DecodedInputs inputs = inputs(arrays.copy(announced(NumberType.FLOAT32), bytes))) {

            // Then
            assertThat(values(inputs.fields().get("a")))
                    .containsExactly(1.5f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f, -2);
        }
    }

    @Test
    void convertsWhatABufferHolds() {
        // Given: bfloat16, the upper halves of float32
        ByteBuffer bytes = ByteBuffer.wrap(
                new byte[] {(byte) 0x80, 0x3f, 0x49, (byte) 0xc0, 0, 0, 0, (byte) 0x80, (byte) 0x80, 0x4b, 1, 0});

        // When
        try (DecodedInputs inputs = inputs(arrays.copy(announced(NumberType.BFLOAT16), bytes))) {

            // Then
            assertThat(values(inputs.fields().get("a")))
                    .containsExactly(1, -3.140625f, 0, -0f, 16777216, (float) Math.scalb(1.0, -133));
        }
    }

    @Test
    void copiesNumbers() {
        // When
        try (DecodedInputs inputs =
                inputs(arrays.copy(announced(NumberType.FLOAT64), index -> (float) (index * 0.1), 6))) {

            // Then
            assertThat(values(inputs.fields().get("a"))).containsExactly(0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f);
        }
    }

    @ParameterizedTest
    @CsvSource({"5, length 5", "7, length 7", "0, length 0"})
    void refusesAnotherNumberOfNumbers(int count, String actual) {
        // When
        Failure failure = failure(() -> arrays.copy(announced(NumberType.FLOAT32), index -> 0, count));

        // Then
        assertThat(failure).isEqualTo(new Failure.MalformedBody("a", "data of length 6 for shape [2, 3]", actual));
    }

    @ParameterizedTest
    @CsvSource({"23, 23 bytes", "25, 25 bytes", "48, 48 bytes"})
    void refusesABufferOfAnotherSize(int size, String actual) {
        // When
        Failure failure = failure(() -> arrays.copy(announced(NumberType.FLOAT32), ByteBuffer.allocate(size)));

        // Then
        assertThat(failure).isEqualTo(new Failure.MalformedBody("a", "24 bytes of data for shape [2, 3] of T", actual));
    }

    @Test
    void refusesWhatIsNotFiniteAndSaysWhere() {
        // Given
        ByteBuffer bytes =
                ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putFloat(16, Float.NaN);

        // When
        List<Failure> failures = List.of(
                failure(() -> arrays.copy(announced(NumberType.FLOAT32), bytes)),
                failure(() -> arrays.copy(announced(NumberType.FLOAT32), index -> bytes.getFloat(index * 4), 6)),
                failure(() -> arrays.read(announced(NumberType.FLOAT32), new ByteArrayInputStream(bytes.array()), 24)));

        // Then
        assertThat(failures).containsOnly(new Failure.MalformedBody("a", "finite float32 numbers", "NaN at [1, 1]"));
    }

    private static Announced announced(NumberType type) {
        return new Announced("a", "T", type, TWO_BY_THREE);
    }

    private static DecodedInputs inputs(DecodedField field) {
        return new DecodedInputs(List.of(field));
    }

    private static float[] values(DecodedField field) {
        float[] values = new float[(int) field.tensor().shape().elements()];
        field.tensor().floats().get(values);
        return values;
    }

    private static Failure failure(Runnable decoding) {
        return catchThrowableOfType(FailureException.class, decoding::run).failure();
    }
}
