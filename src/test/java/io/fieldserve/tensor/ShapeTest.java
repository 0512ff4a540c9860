package io.fieldserve.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void countsElementsExactlyUpToSixtyThreeBits() {
        // Given
        Shape largest = Shape.of(Long.MAX_VALUE / 7, 7);

        // When
        long elements = largest.elements();

        // Then
        assertThat(elements).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesToOverflow() {
        // When, Then
        assertThatThrownBy(() -> Shape.of(1L << 32, 1L << 31)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void isEmptyWhateverTheOtherDimensionsAre() {
        // When
        Shape empty = Shape.of(1L << 62, 1L << 62, 0);

        // Then
        assertThat(empty.elements()).isZero();
    }

    @Test
    void refusesNegativeDimensions() {
        // When, Then
        assertThatThrownBy(() -> Shape.of(0, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0, -1]");
    }

    @Test
    void describesOneNumberWithoutDimensions() {
        // When
        Shape scalar = Shape.of();

        // Then
        assertThat(scalar.rank()).isZero();
        assertThat(scalar.elements()).isEqualTo(1);
        assertThat(scalar).hasToString("[]");
    }

    @Test
    void sharesNothingWithTheCaller() {
        // Given
        long[] dims = {2, 3};
        Shape shape = Shape.of(dims);

        // When
        dims[0] = 7;
        shape.dims()[1] = 7;

        // Then
        assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    }

    @Test
    void givesNewShapesForChangedDimensions() {
        // Given
        Shape shape = Shape.of(2, 1, 64, 64);

        // When, Then
        assertThat(shape.drop(0, 2)).isEqualTo(Shape.of(64, 64));
        assertThat(shape.drop(1, 1)).isEqualTo(shape);
        assertThat(shape.prepend(5, 6)).isEqualTo(Shape.of(5, 6, 2, 1, 64, 64));
        assertThat(shape.withDim(0, 8)).hasToString("[8, 1, 64, 64]");
        assertThatThrownBy(() -> shape.drop(3, 5)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
