package io.fieldserve.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.prediction.Failure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which NPY bodies are refused, in which words, and at what cost. */
class NpyRefusalTest {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    private final Decoding decoding = new Decoding(new NpyDecoder(), GridContract.of("a"));

    @ParameterizedTest
    @CsvSource({"object, |O", "complex, <c8", "datetime, <M8[s]", "text, <U2"})
    void refusesElementsThatAreNotRealNumbers(String file, String dtype) {
        // When
        Failure failure = decoding.refusal(Fixtures.read(file + ".npy"), BodyLength.TOLD);

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.MalformedBody(
                        "a", "an array of float32 numbers, or of numbers that convert to it", "dtype '" + dtype + "'"));
    }

    @Test
    void refusesStructuredElements() {
        // When
        Failure failure = decoding.refusal(Fixtures.read("structured.npy"), BodyLength.TOLD);

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.MalformedBody("a", "an array of float32 numbers", "a structured array"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=f4", "<f16", "f4", "<f3", "|f4", "<b2", "", "<f4x", "\u00e9f4"})
    void refusesUnknownElementTypes(String dtype) {
        // When
        Failure failure = decoding.refusal(Fixtures.npy(dtype, "(1, 1)", new byte[4]), BodyLength.TOLD);

        // Then
        assertThat(failure).isInstanceOf(Failure.MalformedBody.class);
        assertThat(failure.detail()).contains("float32").contains("dtype '" + dtype + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(4294967296, 4294967296)",
                "(9223372036854775807, 3)",
                "(1180591620717411303424, 1)",
                "(1, 1, 99999999999999999999999999999999, 99999999999999999999)"
            })
    void refusesShapesThatOverflow(String shape) {
        // When
        Failure failure = decoding.refusal(Fixtures.npy("<f4", shape, new byte[8]), BodyLength.UNTOLD);

        // Then
        String dims = shape.replace('(', '[').replace(')', ']');
        assertThat(failure)
                .isEqualTo(new Failure.TooLarge("a", "a shape of fewer than 2^63 elements", "shape " + dims));
        assertThat(decoding.peakBytes()).isZero();
    }

    @Test
    void refusesNegativeDimensions() {
        // When
        Failure failure = decoding.refusal(Fixtures.npy("<f4", "(2, -3)", new byte[24]), BodyLength.TOLD);

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.MalformedBody("a", "a shape without negative dimensions", "shape [2, -3]"));
    }

    @Test
    void refusesEmptyArrays() {
        // When
        Failure failure = decoding.refusal(Fixtures.npy("<f4", "(2, 0)", new byte[0]), BodyLength.TOLD);

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.InvalidInput("a", "at least one element in every dimension", "shape [2, 0]"));
    }

    @Test
    void refusesWhatTheContractRefuses() {
        // When
        Failure channels = decoding.refusal(Fixtures.npy("<f4", "(1, 3, 2, 2)", new byte[48]), BodyLength.TOLD);
        Failure grid = decoding.refusal(Fixtures.npy("<f4", "(129, 2)", new byte[1032]), BodyLength.TOLD);
        Failure batch = decoding.refusal(Fixtures.npy("<f4", "(9, 1, 1, 1)", new byte[36]), BodyLength.TOLD);
        Failure rank = decoding.refusal(Fixtures.npy("<f4", "(1, 1, 1, 1, 1)", new byte[4]), BodyLength.TOLD);

        // Then
        assertThat(channels).isEqualTo(new Failure.InvalidInput("a", "1 channel", "3 channels"));
        assertThat(grid).isEqualTo(new Failure.TooLarge("a", "at most 128 points along an axis", "129"));
        assertThat(batch).isEqualTo(new Failure.TooLarge("a", "at most 8 in a batch", "9"));
        assertThat(rank).isEqualTo(new Failure.InvalidInput("a", "at most 4 dimensions", "5 dimensions"));
        assertThat(decoding.peakBytes()).isZero();
    }

    @Test
    void refusesThousandsOfDimensions() {
        // When
        Failure failure =
                decoding.refusal(Fixtures.npy("<f4", "(" + "1,".repeat(20_000) + ")", new byte[4]), BodyLength.TOLD);

        // Then
        assertThat(failure).isEqualTo(new Failure.InvalidInput("a", "at most 4 dimensions", "20000 dimensions"));
    }

    @Test
    void refusesWhatNoBufferCanHoldEvenIfTheContractAdmitsIt() {
        // Given
        Decoding boundless = new Decoding(new NpyDecoder(), GridContract.boundless("a"));

        // When
        Failure failure = boundless.refusal(Fixtures.npy("<f4", "(100000, 100000)", new byte[64]), BodyLength.UNTOLD);

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.TooLarge("a", "at most 536870911 elements", "shape [100000, 100000]"));
        assertThat(boundless.peakBytes()).isZero();
    }

    @Test
    void takesNothingForAnAnnouncementThatTheBodyCannotKeep() {
        // Given
        Decoding boundless = new Decoding(new NpyDecoder(), GridContract.boundless("a"));
        byte[] body = Fixtures.npy("<f4", "(20000, 20000)", new byte[1000]);

        // When
        Failure failure = boundless.refusal(body, BodyLength.TOLD);

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.MalformedBody(
                        "a", "1600000000 bytes of data for shape [20000, 20000] of <f4", "1000 bytes"));
        assertThat(boundless.peakBytes()).isZero();
    }

    @Test
    void takesOnlyForWhatHasComeWhereTheLengthIsNotTold() {
        // Given
        Decoding boundless = new Decoding(new NpyDecoder(), GridContract.boundless("a"));
        byte[] body = Fixtures.npy("<f4", "(20000, 20000)", new byte[3 * MIB]);

        // When
        Failure failure = boundless.refusal(body, BodyLength.UNTOLD);

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.MalformedBody(
                        "a", "1600000000 bytes of data for shape [20000, 20000] of <f4", 3 * MIB + " bytes"));
        assertThat(boundless.peakBytes()).isLessThanOrEqualTo(2L * 3 * MIB + 64 * KIB);
    }

    @Test
    void refusesAHeaderOfOneGigabyteWithoutTakingIt() {
        // Given
        ByteBuffer body = ByteBuffer.allocate(112).order(ByteOrder.LITTLE_ENDIAN);
        body.put(NpyHeader.MAGIC).put((byte) 2).put((byte) 0).putInt(1 << 30);

        // When
        Failure failure = decoding.refusal(body.array(), BodyLength.UNTOLD);

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.MalformedBody("a", "an NPY header of at most 65536 bytes", "1073741824 bytes"));
    }

    @Test
    void refusesSurplusBytes() {
        // Given
        byte[] body = Fixtures.npy("<f4", "(1, 2)", new byte[9]);

        // When
        Failure told = decoding.refusal(body, BodyLength.TOLD);
        Failure untold = decoding.refusal(body, BodyLength.UNTOLD);

        // Then
        String expected = "8 bytes of data for shape [1, 2] of <f4";
        assertThat(told).isEqualTo(new Failure.MalformedBody("a", expected, "9 bytes"));
        assertThat(untold).isEqualTo(new Failure.MalformedBody("a", expected, "more bytes than that"));
    }

    @ParameterizedTest
    @EnumSource(BodyLength.class)
    void namesTheFirstNumberThatIsNotFinite(BodyLength length) {
        // Given
        byte[] body = Fixtures.npy("<f4", "(2, 3)", Fixtures.bytes(0, 1, 2, 3, 4, Float.POSITIVE_INFINITY));

        // When
        Failure failure = decoding.refusal(body, length);

        // Then
        assertThat(failure).isEqualTo(new Failure.MalformedBody("a", "finite float32 numbers", "Infinity at [1, 2]"));
    }

    @Test
    void namesTheFirstNumberThatIsNotFiniteByItsIndexInFortranOrder() {
        // Given
        byte[] body = Fixtures.npy(
                "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3)}", Fixtures.bytes(0, 1, 2, Float.NaN, 4, 5));

        // When
        Failure failure = decoding.refusal(body, BodyLength.TOLD);

        // Then
        assertThat(failure).isEqualTo(new Failure.MalformedBody("a", "finite float32 numbers", "NaN at [1, 1]"));
    }

    @Test
    void namesADoubleBeyondFloatAsItWasSent() {
        // Given
        byte[] data = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(1e39)
                .array();

        // When
        Failure failure = decoding.refusal(Fixtures.npy("<f8", "(1, 1)", data), BodyLength.TOLD);

        // Then
        assertThat(failure).isEqualTo(new Failure.MalformedBody("a", "finite float32 numbers", "1.0E39 at [0, 0]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{'descr': '<f4', 'fortran_order': False}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), 'more': 1}",
                "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)}",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (1, 1)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': [1, 1]}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1.5)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1 1)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1, -)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)",
                "{'descr': '<f4, 'fortran_order': False, 'shape': (1, 1)}",
                "{'descr': '<f4' 'fortran_order': False, 'shape': (1, 1)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)} + 1",
                "{'descr': '<f4', 'fortran_order': False, 'shape': __import__('os')}"
            })
    void refusesAnyOtherHeader(String dictionary) {
        // When
        Failure failure = decoding.refusal(Fixtures.npy(dictionary, new byte[4]), BodyLength.TOLD);

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.MalformedBody(
                        "a",
                        "an NPY header like {'descr': '<f4', 'fortran_order': False, 'shape': (1, 64, 64), }",
                        Excerpt.of(dictionary)));
    }

    @Test
    void refusesWhatIsNotNpy() {
        // When
        Failure empty = decoding.refusal(new byte[0], BodyLength.TOLD);
        Failure text = decoding.refusal(new byte[] {'{', '}'}, BodyLength.TOLD);
        Failure version = decoding.refusal(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 9, 0}, BodyLength.TOLD);

        // Then
        assertThat(empty).isEqualTo(new Failure.MalformedBody("a", "an NPY array", "no bytes"));
        assertThat(text)
                .isEqualTo(
                        new Failure.MalformedBody("a", "an NPY array, which starts with \\x93NUMPY", "something else"));
        assertThat(version).isEqualTo(new Failure.MalformedBody("a", "NPY format 1.0, 2.0 or 3.0", "version 9.0"));
    }

    @Test
    void refusesOneArrayForSeveralFields() {
        // Given
        Decoding two = new Decoding(new NpyDecoder(), GridContract.of("a", "b"));

        // When
        Failure failure = two.refusal(Fixtures.read("f4.npy"), BodyLength.TOLD);

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.InvalidInput(
                        "", "the fields a, b in one NPZ or JSON body", "an NPY body, which holds one field"));
    }

    @Test
    void refusesABodyShorterThanItsTransportSaid() {
        // Given
        TricklingStream body = new TricklingStream(Fixtures.npy("<f4", "(1, 2)", new byte[7]), 1);
        long told = Fixtures.npy("<f4", "(1, 2)", new byte[8]).length;

        // When
        Failure failure = decoding.refusal(body, OptionalLong.of(told));

        // Then
        assertThat(failure)
                .isEqualTo(new Failure.MalformedBody("a", "8 bytes of data for shape [1, 2] of <f4", "7 bytes"));
    }
}
