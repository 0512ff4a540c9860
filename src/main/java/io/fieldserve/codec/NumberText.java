package io.fieldserve.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.FloatBuffer;

/**
 * Numbers as text, many at a time: the generator's own method makes a string of each. Keeps the text of one stretch of
 * numbers, so its memory doesn't grow with them.
 */
final class NumberText {
    private static final int STRETCH = 160;
    private static final int LONGEST_NUMBER = 16;

    private final FloatBuffer values;
    private final Precision precision;
    private final StringBuilder text;
    private final char[] characters;

    /** The numbers from the buffer's position on. */
    NumberText(FloatBuffer values, Precision precision) {
        this.values = values;
        this.precision = precision;
        int room = Math.min(STRETCH, values.remaining()) * LONGEST_NUMBER;
        this.text = new StringBuilder(room);
        this.characters = new char[room];
    }

    /** Writes the next {@code count} numbers as that many values of the array that is open, or as a value alone. */
    void write(long count, JsonGenerator generator) throws IOException {
        for (long left = count; left > 0; left -= STRETCH) {
            text.setLength(0);
            append(Math.min(left, STRETCH));
            text.getChars(0, text.length(), characters, 0);
            generator.writeRawValue(characters, 0, text.length());
        }
    }

    private void append(long count) {
        for (long i = 0; i < count; i++) {
            if (i > 0) {
                text.append(',');
            }
            float value = values.get();
            if (Float.isFinite(value)) {
                precision.append(value, text);
            } else {
                text.append("null");
            }
        }
    }
}
