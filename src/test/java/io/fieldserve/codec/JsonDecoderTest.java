package io.fieldserve.codec;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.codec.Decoding.Decoded;
import io.fieldserve.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What JSON bodies decode to. */
class JsonDecoderTest {
    private final Decoding decoding = new Decoding(new JsonDecoder(), GridContract.of("a"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[1, 2, 3], [4, 5, 6]]",
                "{\"shape\": [2, 3], \"data\": [1, 2, 3, 4, 5, 6]}",
                "{\"shape\": [2, 3], \"data\": [[1, 2, 3], [4, 5, 6]]}",
                "{\"data\": [1, 2, 3, 4, 5, 6], \"shape\": [2, 3]}",
                "{\"data\": [[1.0, 2e0, 30e-1], [0.4E+1, 5.0, 6]], \"shape\": [2, 3]}"
            })
    void readsNestedAndFlatArrays(String field) {
        // When
        Decoded decoded = decoding.field(body(field), BodyLength.TOLD);

        // Then
        assertThat(decoded.announced()).isEqualTo(Shape.of(2, 3));
        assertThat(decoded.full()).isEqualTo(Shape.of(1, 1, 2, 3));
        assertThat(decoded.values().array()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void readsABatch() {
        // When
        Decoded decoded = decoding.field(body("[[[[1, 2]]], [[[3, 4]]]]"), BodyLength.UNTOLD);

        // Then
        assertThat(decoded.full()).isEqualTo(Shape.of(2, 1, 1, 2));
        assertThat(decoded.values().array()).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "{\"shape\": [], \"data\": 0.5}", "{\"shape\": [], \"data\": [0.5]}"})
    void readsOneNumberWhereTheContractHasNoSpace(String field) {
        // Given
        Decoding scalar = new Decoding(new JsonDecoder(), GridContract.of("a").withRank(0));

        // When
        Decoded decoded = scalar.field(body(field), BodyLength.TOLD);

        // Then
        assertThat(decoded.announced()).isEqualTo(Shape.of());
        assertThat(decoded.values().array()).containsExactly(0.5f);
    }

    @Test
    void readsSeveralFieldsInAnyOrder() {
        // Given
        Decoding two = new Decoding(new JsonDecoder(), GridContract.of("a", "b"));
        byte[] body = "{\"inputs\": {\"b\": [[2]], \"a\": [[1]]}}".getBytes(UTF_8);

        // When
        try (DecodedInputs inputs = two.inputs(body, BodyLength.TOLD)) {

            // Then
            assertThat(inputs.fields().keySet()).containsExactly("a", "b");
            assertThat(inputs.fields().get("b").tensor().floats().get(0)).isEqualTo(2);
        }
        two.requireAllReleased();
    }

    @Test
    void readsEveryEncodingThatJsonMayHave() {
        // When
        Decoded decoded = decoding.field("{\"inputs\": {\"a\": [[1.5]]}}".getBytes(UTF_16LE), BodyLength.TOLD);

        // Then
        assertThat(decoded.values().get(0)).isEqualTo(1.5f);
    }

    @Test
    void takesNonFiniteNumbersWhereTheContractAllowsThem() {
        // Given
        Decoding lenient = new Decoding(new JsonDecoder(), GridContract.of("a").allowingNonFinite());

        // When
        Decoded decoded = lenient.field(body("[[NaN, Infinity, -Infinity, 1e39]]"), BodyLength.TOLD);

        // Then
        assertThat(decoded.values().array())
                .containsExactly(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
    }

    @Test
    void takesTheSizeOfTheBodyForAHint() {
        // When
        decoding.field(body("[[1, 2, 3], [4, 5, 6]]"), BodyLength.TOLD);

        // Then
        assertThat(decoding.peakBytes()).isEqualTo(4096);
    }

    @ParameterizedTest
    @CsvSource({"TOLD", "UNTOLD"})
    void takesMemoryAsNumbersArrive(BodyLength length) {
        // Given
        Decoding boundless = new Decoding(new JsonDecoder(), GridContract.boundless("a"));
        int count = 1_000_000;

        // When
        Decoded decoded = boundless.field(body("[[" + "7,".repeat(count - 1) + "8]]"), length);

        // Then
        assertThat(decoded.announced()).isEqualTo(Shape.of(1, count));
        assertThat(decoded.values().get(count - 1)).isEqualTo(8);
        assertThat(boundless.peakBytes()).isLessThanOrEqualTo(3L * 4 * count);
    }

    @Test
    void leavesTheStreamOpen() {
        // Given
        CloseCounter body = new CloseCounter(body("[[1]]"));

        // When
        decoding.inputs(body, OptionalLong.empty()).close();

        // Then
        assertThat(body.closed).isZero();
    }

    @Test
    void passesABrokenTransportOn() {
        // Given
        InputStream broken =
                new BreakingStream("{\"inputs\": {\"a\": [[1, 2".getBytes(UTF_8), new IOException("reset"));

        // When, Then
        assertThatThrownBy(() -> decoding.inputs(broken, OptionalLong.empty()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("reset");
        decoding.requireAllReleased();
    }

    static byte[] body(String field) {
        return ("{\"inputs\": {\"a\": " + field + "}}").getBytes(UTF_8);
    }

    private static final class CloseCounter extends ByteArrayInputStream {
        private int closed;

        CloseCounter(byte[] body) {
            super(body);
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
