package io.fieldserve.uncertainty;

import static io.fieldserve.surrogate.FieldArrays.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.surrogate.FieldArrays;
import io.fieldserve.surrogate.ValueRange;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldRangeTest {
    private final SlabPool slabs = FieldArrays.poisonedSlabs();

    @Test
    void findsTheSmallestAndLargestValueOfEachCase() {
        // Given
        Tensor batch = tensor(slabs, Shape.of(2, 1, 3), 3, -1, 2, -7, -5, -6);

        // When
        List<ValueRange> ranges = FieldRange.ofEachCase(batch);

        // Then
        assertThat(ranges).containsExactly(new ValueRange(-1, 3), new ValueRange(-7, -5));
        batch.close();
    }

    @Test
    void looksAtEveryChannel() {
        // Given
        Tensor batch = tensor(slabs, Shape.of(1, 2, 2), 0, 1, 9, -9);

        // When
        List<ValueRange> ranges = FieldRange.ofEachCase(batch);

        // Then
        assertThat(ranges).containsExactly(new ValueRange(-9, 9));
        batch.close();
    }

    @Test
    void passesOverNaN() {
        // Given
        Tensor batch = tensor(slabs, Shape.of(1, 1, 4), Float.NaN, 2, 1, Float.NaN);

        // When
        List<ValueRange> ranges = FieldRange.ofEachCase(batch);

        // Then
        assertThat(ranges).containsExactly(new ValueRange(1, 2));
        batch.close();
    }
}
