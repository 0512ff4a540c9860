package io.fieldserve.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** JSON numbers as {@code float32}, rounded once: what {@link Float#parseFloat} makes of their text. */
final class JsonNumbers {
    private static final int DIGITS_IN_LONG = 18;

    private JsonNumbers() {}

    /** The number at which the parser is. */
    static float toFloat(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            return parser.getFloatValue();
        }
        if (parser.getTextLength() > DIGITS_IN_LONG) {
            // The parser would take a long integer through double, and so round it twice.
            return Float.parseFloat(parser.getText());
        }
        long value = parser.getLongValue();
        boolean negativeZero = value == 0 && parser.getTextCharacters()[parser.getTextOffset()] == '-';
        return negativeZero ? -0f : (float) value;
    }
}
