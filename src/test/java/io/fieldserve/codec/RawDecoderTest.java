package io.fieldserve.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.codec.Decoding.Decoded;
import io.fieldserve.prediction.Failure;
import io.fieldserve.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RawDecoderTest {
    private static final String EXPECTED = "24 bytes of data for shape [2, 3] of <f4";

    private final Decoding decoding = decoding(2, 3);

    @ParameterizedTest
    @EnumSource(BodyLength.class)
    void readsElementsUnderTheShapeThatItIsTold(BodyLength length) {
        // When
        Decoded field = decoding.field(Fixtures.bytes(1, 2, 3, 4, 5, 6), length);

        // Then
        assertThat(field.announced()).isEqualTo(Shape.of(2, 3));
        assertThat(field.full()).isEqualTo(Shape.of(1, 1, 2, 3));
        assertThat(field.values().array()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @CsvSource({
        "0, TOLD, 0 bytes",
        "0, UNTOLD, 0 bytes",
        "23, TOLD, 23 bytes",
        "23, UNTOLD, 23 bytes",
        "25, TOLD, 25 bytes",
        "25, UNTOLD, more bytes than that"
    })
    void refusesAnyOtherNumberOfBytes(int bytes, BodyLength length, String actual) {
        // When
        Failure failure = decoding.refusal(new byte[bytes], length);

        // Then
        assertThat(failure).isEqualTo(new Failure.MalformedBody("a", EXPECTED, actual));
    }

    @Test
    void namesTheFirstNumberThatIsNotFinite() {
        // When
        Failure failure = decoding.refusal(Fixtures.bytes(0, 0, 0, 0, Float.NaN, Float.NaN), BodyLength.TOLD);

        // Then
        assertThat(failure).isEqualTo(new Failure.MalformedBody("a", "finite float32 numbers", "NaN at [1, 1]"));
    }

    @Test
    void judgesTheShapeBeforeAnyMemoryIsTaken() {
        // Given
        Decoding large = decoding(129, 1);
        Decoding empty = decoding(0, 4);

        // When
        Failure tooLarge = large.refusal(new byte[516], BodyLength.TOLD);
        Failure nothing = empty.refusal(new byte[0], BodyLength.TOLD);

        // Then
        assertThat(tooLarge).isEqualTo(new Failure.TooLarge("a", "at most 128 points along an axis", "129"));
        assertThat(nothing)
                .isEqualTo(new Failure.InvalidInput("a", "at least one element in every dimension", "shape [0, 4]"));
        assertThat(large.peakBytes()).isZero();
    }

    @Test
    void refusesOneArrayForSeveralFields() {
        // Given
        Decoding two = new Decoding(new RawDecoder(Shape.of(1, 1)), GridContract.of("a", "b"));

        // When
        Failure failure = two.refusal(new byte[4], BodyLength.TOLD);

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.InvalidInput(
                        "", "the fields a, b in one NPZ or JSON body", "a raw body, which holds one field"));
    }

    private static Decoding decoding(long... dims) {
        return new Decoding(new RawDecoder(Shape.of(dims)), GridContract.of("a"));
    }
}
