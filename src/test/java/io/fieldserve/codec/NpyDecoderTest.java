package io.fieldserve.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.codec.Decoding.Decoded;
import io.fieldserve.prediction.Failure;
import io.fieldserve.tensor.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What NPY bodies decode to. */
class NpyDecoderTest {
    private final Decoding decoding = new Decoding(new NpyDecoder(), GridContract.of("a"));

    @ParameterizedTest
    @ValueSource(strings = {"f4", "big-f4", "f8", "big-f8", "f2", "big-f2", "fortran", "version-2", "version-3"})
    void readsFloatingPointArraysOfNumpy(String file) {
        // When
        Decoded field = decoding.field(Fixtures.read(file + ".npy"), BodyLength.TOLD);

        // Then
        assertThat(field.name()).isEqualTo("a");
        assertThat(field.full()).isEqualTo(Fixtures.SHAPE);
        assertThat(field.values()).isEqualTo(Fixtures.halves());
    }

    @ParameterizedTest
    @ValueSource(strings = {"f4", "big-f4", "f8", "f2", "fortran"})
    void readsTheSameWithoutAKnownLength(String file) {
        // When
        Decoded field = decoding.field(Fixtures.read(file + ".npy"), BodyLength.UNTOLD);

        // Then
        assertThat(field.values()).isEqualTo(Fixtures.halves());
    }

    @ParameterizedTest
    @ValueSource(strings = {"i1", "i2", "i4", "big-i4", "i8"})
    void readsSignedIntegersOfNumpy(String file) {
        // When
        Decoded field = decoding.field(Fixtures.read(file + ".npy"), BodyLength.TOLD);

        // Then
        for (int place = 0; place < 24; place++) {
            assertThat(field.values().get(place)).isEqualTo(place - 5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"u1", "u2", "big-u2", "u4", "u8"})
    void readsUnsignedIntegersOfNumpy(String file) {
        // When
        Decoded field = decoding.field(Fixtures.read(file + ".npy"), BodyLength.UNTOLD);

        // Then
        for (int place = 0; place < 24; place++) {
            assertThat(field.values().get(place)).isEqualTo(place);
        }
    }

    @Test
    void readsTruthValuesOfNumpyAsOneAndZero() {
        // When
        Decoded field = decoding.field(Fixtures.read("b1.npy"), BodyLength.TOLD);

        // Then
        for (int place = 0; place < 24; place++) {
            assertThat(field.values().get(place)).isEqualTo(place % 3 == 0 ? 1 : 0);
        }
    }

    @Test
    void readsOneNumberWhereTheContractHasNoSpace() {
        // Given
        Decoding scalar =
                new Decoding(new NpyDecoder(), GridContract.of("viscosity").withRank(0));

        // When
        Decoded field = scalar.field(Fixtures.read("scalar.npy"), BodyLength.TOLD);

        // Then
        assertThat(field.announced()).isEqualTo(Shape.of());
        assertThat(field.full()).isEqualTo(Shape.of(1, 1));
        assertThat(field.values().get(0)).isEqualTo(2.5f);
    }

    @Test
    void keepsTheAnnouncedShapeBesideTheFullOne() {
        // When
        Decoded field = decoding.field(Fixtures.npy("<f4", "(1, 2)", Fixtures.bytes(1, 2)), BodyLength.TOLD);

        // Then
        assertThat(field.announced()).isEqualTo(Shape.of(1, 2));
        assertThat(field.full()).isEqualTo(Shape.of(1, 1, 1, 2));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void roundsWholeNumbersOnceToTheNearest(long seed) {
        // Given
        Random random = new Random(seed);
        ByteBuffer data = ByteBuffer.allocate(100 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 100; i++) {
            data.putLong(random.nextLong() >>> random.nextInt(Long.SIZE));
        }

        // When
        Decoded field = decoding.field(Fixtures.npy("<u8", "(1, 100)", data.array()), BodyLength.TOLD);

        // Then
        for (int i = 0; i < 100; i++) {
            BigInteger exact = new BigInteger(Long.toUnsignedString(data.getLong(i * Long.BYTES)));
            assertThat(field.values().get(i)).isEqualTo(exact.floatValue());
        }
    }

    @ParameterizedTest
    @EnumSource(BodyLength.class)
    void takesNonFiniteNumbersWhereTheContractAllowsThem(BodyLength length) {
        // Given
        Decoding lenient = new Decoding(new NpyDecoder(), GridContract.of("a").allowingNonFinite());
        byte[] body = Fixtures.npy("<f4", "(1, 2)", Fixtures.bytes(Float.NaN, Float.NEGATIVE_INFINITY));

        // When
        Decoded field = lenient.field(body, length);

        // Then
        assertThat(field.values().get(0)).isNaN();
        assertThat(field.values().get(1)).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsFromAStreamThatGivesAFewBytesAtATime(long seed) {
        // Given
        byte[] body = Fixtures.read("f8.npy");

        // When
        try (DecodedInputs inputs = decoding.inputs(new TricklingStream(body, seed), OptionalLong.empty())) {

            // Then
            assertThat(inputs.fields().get("a").tensor().floats()).isEqualTo(Fixtures.halves());
        }
        decoding.requireAllReleased();
    }

    @Test
    void passesABrokenTransportOn() {
        // Given
        InputStream broken = endingWith(new IOException("connection reset"));

        // When, Then
        assertThatThrownBy(() -> decoding.inputs(broken, OptionalLong.of(224)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("connection reset");
        decoding.requireAllReleased();
    }

    @Test
    void takesContentThatItsEncodingCutsShortForMalformed() {
        // Given
        InputStream cut = endingWith(new EOFException("Unexpected end of ZLIB input stream"));

        // When
        Failure failure = decoding.refusal(cut, OptionalLong.empty());

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.MalformedBody("", "a complete body", "one that is cut short or damaged"));
    }

    private static InputStream endingWith(IOException exception) {
        return new BreakingStream(Arrays.copyOf(Fixtures.read("f4.npy"), 150), exception);
    }
}
