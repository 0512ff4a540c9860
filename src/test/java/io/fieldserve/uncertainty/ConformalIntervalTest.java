package io.fieldserve.uncertainty;

import static io.fieldserve.surrogate.FieldArrays.numbers;
import static io.fieldserve.surrogate.FieldArrays.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.surrogate.FieldArrays;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConformalIntervalTest {
    private static final Shape SHAPE = Shape.of(1, 1, 3);

    private final SlabPool slabs = FieldArrays.poisonedSlabs();

    @AfterEach
    void allMemoryIsBack() {
        assertThat(slabs.outstandingSlabs()).isZero();
    }

    @Test
    void reachesScaleTimesStdAndFloorToBothSides() {
        // Given
        Tensor mean = tensor(slabs, SHAPE, 1, -2, 0);
        Tensor std = tensor(slabs, SHAPE, 0.5f, 0, 0.25f);

        // When
        ConformalInterval interval = ConformalInterval.around(mean, std, 2, 0.25, slabs);

        // Then
        assertThat(numbers(interval.lower())).containsExactly(-0.5f, -2.5f, -1);
        assertThat(numbers(interval.upper())).containsExactly(2.5f, -1.5f, 1);
        assertThat(interval.lower().shape()).isEqualTo(SHAPE);
        assertThat(interval.upper().shape()).isEqualTo(SHAPE);
        interval.close();
        mean.close();
        std.close();
    }

    @Test
    void isNotRoundedOnTheWay() {
        // Given a half-width that a float would round to 1
        float floor = Math.scalb(1f, -30);
        Tensor mean = tensor(slabs, Shape.of(1), -1);
        Tensor std = tensor(slabs, Shape.of(1), 1);

        // When
        ConformalInterval interval = ConformalInterval.around(mean, std, 1, floor, slabs);

        // Then
        assertThat(numbers(interval.upper())).containsExactly(floor);
        interval.close();
        mean.close();
        std.close();
    }
}
