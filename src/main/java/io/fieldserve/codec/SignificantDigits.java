package io.fieldserve.codec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Correct rounding of a {@code float32} to decimal digits, ties to even. The result is the {@code float64} nearest to
 * that decimal number, which has few enough digits to be the shortest text of it.
 *
 * <p>The digits are those of the number times a power of ten, rounded to an integer below 10^9. In {@code float64} that
 * product is exact, as are the powers up to 10^22, unless it needs more than 53 bits; then it is off by less than 2^-23,
 * and only a product that is so close to a tie has to be computed exactly.
 */
final class SignificantDigits {
    private static final double[] POWERS_OF_TEN = powersOfTen(22);

    /** 24 bits of a float32 times 10^12, whose odd part has 28 bits, fit in 53 bits. */
    private static final int EXACT_PRODUCT = 12;

    private static final double NEAR_TIE = 0x1p-20;

    private final MathContext context;
    private final int digits;

    SignificantDigits(int digits) {
        if (digits < 1 || digits > Precision.MOST) {
            throw new IllegalArgumentException("1 to " + Precision.MOST + " digits, not " + digits);
        }
        this.digits = digits;
        this.context = new MathContext(digits, RoundingMode.HALF_EVEN);
    }

    /** The finite value rounded, with its sign if it is zero. */
    double round(float value) {
        if (value == 0) {
            return value;
        }
        double magnitude = Math.abs((double) value);
        // Exact: no float32 that isn't a power of ten is so close to one that its logarithm rounds to a whole number.
        int exponent = (int) Math.floor(Math.log10(magnitude));
        int scale = digits - 1 - exponent;
        if (Math.abs(scale) >= POWERS_OF_TEN.length) {
            return exact(value);
        }
        double power = POWERS_OF_TEN[Math.abs(scale)];
        double scaled = scale < 0 ? magnitude / power : magnitude * power;
        double whole = Math.rint(scaled);
        boolean inexact = scale < 0 || scale > EXACT_PRODUCT;
        if (inexact && 0.5 - Math.abs(scaled - whole) < NEAR_TIE) {
            return exact(value);
        }
        return Math.copySign(scale < 0 ? whole * power : whole / power, value);
    }

    private double exact(float value) {
        return new BigDecimal(value).round(context).doubleValue();
    }

    private static double[] powersOfTen(int highest) {
        double[] powers = new double[highest + 1];
        powers[0] = 1;
        for (int i = 1; i <= highest; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }
}
