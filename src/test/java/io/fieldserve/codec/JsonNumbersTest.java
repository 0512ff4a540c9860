package io.fieldserve.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers are rounded once: each is what {@link Float#parseFloat} makes of its text, zeros with their sign. */
class JsonNumbersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "-0e5",
                "16777217",
                "-16777219",
                "999999999999999999",
                "-999999999999999999",
                "9223372036854775807",
                "9223372036854775808",
                "1208925891672223132614657",
                "1e39",
                "-1e400",
                "1e-46",
                "7.006492321624085e-46",
                "7.006492321624086e-46",
                "1.17549430e-38",
                "3.4028235677973366e38",
                "3.4028235677973365e38"
            })
    void roundsEdgesOnce(String text) throws IOException {
        assertRoundedOnce(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void roundsOnceNextToTheMiddleOfTwoNumbers(long seed) throws IOException {
        Random random = new Random(seed);
        for (String text : textsAroundMiddles(random)) {
            assertRoundedOnce(text);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void roundsNumbersOfAnyLengthOnce(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            BigInteger digits = new BigInteger(1 + random.nextInt(400), random);
            assertRoundedOnce(digits.toString());
            assertRoundedOnce(new BigDecimal(digits, random.nextInt(160)).toString());
            assertRoundedOnce(Double.toString(random.nextGaussian()));
        }
    }

    /** The exact middle between neighbouring numbers, and texts a little above and below it. */
    private static List<String> textsAroundMiddles(Random random) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            float lower = Math.abs(Float.intBitsToFloat(random.nextInt()));
            if (lower < Float.MAX_VALUE) {
                BigDecimal middle = new BigDecimal(lower)
                        .add(new BigDecimal(Math.nextUp(lower)))
                        .divide(BigDecimal.TWO);
                BigDecimal little = middle.scaleByPowerOfTen(-30);
                texts.add(middle.toPlainString());
                texts.add(middle.add(little).toString());
                texts.add(middle.subtract(little).toString());
                texts.add(middle.toBigInteger().add(BigInteger.ONE).toString());
            }
        }
        return texts;
    }

    private static void assertRoundedOnce(String text) throws IOException {
        try (JsonParser parser = Json.DEFAULT.factory().createParser(text)) {
            parser.nextToken();
            float value = JsonNumbers.toFloat(parser);
            assertThat(Float.floatToRawIntBits(value))
                    .as(text)
                    .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(text)));
        }
    }
}
