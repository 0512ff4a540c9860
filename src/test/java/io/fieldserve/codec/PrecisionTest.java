package io.fieldserve.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers are rounded once, to the decimal that exact arithmetic gives; ties go to the even digit. */
class PrecisionTest {
    @ParameterizedTest
    @CsvSource({
        "0.20282868,    4, 0.2028",
        "-12.345,       3, -12.3",
        "3,             5, 3.0",
        "-0.0,          3, -0.0",
        "2.5,           1, 2.0",
        "3.5,           1, 4.0",
        "25,            1, 20.0",
        "35,            1, 40.0",
        "9.95,          2, 9.9",
        "9.96,          2, 10.0",
        "999.96,        4, 1000.0",
        "1234567,       3, 1230000.0",
        "12345678,      3, 1.23E7",
        "1.2345e-4,     3, 1.23E-4",
        "1e-45,         9, 1.40129846E-45",
        "3.4028235e38,  1, 3.0E38",
        "3.4028235e38,  9, 3.40282347E38"
    })
    void writesSignificantDigits(float value, int digits, String expected) {
        // When
        String text = written(value, digits);

        // Then
        assertThat(text).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void roundsNumbersOfEveryMagnitudeAsExactArithmeticDoes(int digits) {
        Random random = new Random(digits);
        for (int i = 0; i < 20_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                assertRounded(value, digits);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void roundsNumbersAtAndNextToTiesAsExactArithmeticDoes(int digits) {
        Random random = new Random(digits);
        for (int i = 0; i < 20_000; i++) {
            BigDecimal tie = BigDecimal.valueOf(random.nextInt((int) Math.pow(10, digits)))
                    .add(new BigDecimal("0.5"))
                    .scaleByPowerOfTen(random.nextInt(80) - 42 - digits);
            assertRoundedAround(tie.floatValue(), digits);
        }
    }

    /** Times a power of ten, the nearest float64 to each of these is a tie that the number itself isn't. */
    @ParameterizedTest
    @CsvSource({"9.171421e-10, 9.17142085E-10", "2.3890271e-7, 2.38902715E-7", "2.928802e-6, 2.92880191E-6"})
    void isNotMisledByTheRoundingOfIntermediateResults(float value, String expected) {
        // When
        String text = written(value, 9);

        // Then
        assertThat(text).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void roundsNumbersNextToPowersOfTenAsExactArithmeticDoes(int digits) {
        for (int exponent = -45; exponent <= 38; exponent++) {
            assertRoundedAround(Float.parseFloat("1e" + exponent), digits);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 10})
    void refusesOtherNumbersOfDigits(int digits) {
        // When, Then
        assertThatThrownBy(() -> Precision.significant(digits)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRoundedAround(float value, int digits) {
        assertRounded(value, digits);
        assertRounded(Math.nextUp(value), digits);
        assertRounded(-Math.nextDown(value), digits);
    }

    private static void assertRounded(float value, int digits) {
        BigDecimal exact = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        String text = written(value, digits);
        assertThat(new BigDecimal(text)).as("%s to %s digits", value, digits).isEqualByComparingTo(exact);
        assertThat(text).hasSizeLessThanOrEqualTo(15);
    }

    private static String written(float value, int digits) {
        StringBuilder text = new StringBuilder();
        Precision.significant(digits).append(value, text);
        return text.toString();
    }
}
