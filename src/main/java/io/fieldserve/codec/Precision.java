package io.fieldserve.codec;

/** How many digits a number gets in text. All precisions write alike: {@code 0.05}, {@code 3.0}, {@code 2.1E-4}. */
public interface Precision {
    /** The most digits that {@link #significant} takes: as many identify every {@code float32}. */
    int MOST = 9;

    /** The fewest digits that identify the number among all {@code float32}: reading it back gives the same bits. */
    Precision SHORTEST = (value, text) -> text.append(value);

    /**
     * The number rounded to so many significant digits, ties to even, with trailing zeros left out.
     *
     * @param digits 1 to {@link #MOST}
     */
    static Precision significant(int digits) {
        SignificantDigits rounding = new SignificantDigits(digits);
        return (value, text) -> text.append(rounding.round(value));
    }

    /** Appends a finite number. */
    void append(float value, StringBuilder text);
}
