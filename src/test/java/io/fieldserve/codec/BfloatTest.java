package io.fieldserve.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** bfloat16: a sign, 8 bits of exponent biased by 127 and 7 of fraction. */
class BfloatTest {
    @ParameterizedTest
    @CsvSource({
        "0000, 0.0",
        "8000, -0.0",
        "3f80, 1.0",
        "3f81, 1.0078125",
        "c049, -3.140625",
        "0001, 9.183549615799121E-41",
        "807f, -1.1663108012064884E-38",
        "0080, 1.1754943508222875E-38",
        "7f7f, 3.3895313892515355E38",
        "7f80, Infinity",
        "ff80, -Infinity",
        "7fc0, NaN"
    })
    void isTheNumberThatItsBitsSay(String bits, double number) {
        // Given: bytes behind another
        short element = (short) Integer.parseInt(bits, 16);
        ByteBuffer source =
                ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN).putShort(3, element);

        // When
        float value = NumberType.BFLOAT16.read(source, 3);

        // Then
        assertThat(Double.valueOf(value)).isEqualTo(Double.valueOf(number));
        assertThat(NumberType.BFLOAT16.bytes()).isEqualTo(2);
    }

    @Test
    void isNoTypeOfNpy() {
        // When
        Optional<NumberType> named = NumberType.coded("bf2");

        // Then
        assertThat(named).isEmpty();
    }
}
