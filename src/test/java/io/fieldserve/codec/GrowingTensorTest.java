package io.fieldserve.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabLimitException;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowingTensorTest {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final int START = 64 * KIB;

    private final SlabPool pool = new SlabPool(0);

    @AfterEach
    void everySlabCameBack() {
        assertThat(pool.outstandingSlabs()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 16384", "2, 16384", "3, 1", "4, 1025", "5, 8449", "6, 16383"})
    void holdsNoMoreThanTwiceWhatCameAnd64Kibibytes(long seed, long likely) {
        // Given
        Random random = new Random(seed);
        byte[] chunk = new byte[1 << 16];
        try (GrowingTensor growing = GrowingTensor.upTo(pool, 1 << 28, likely)) {
            for (int i = 0; i < 300; i++) {
                // When
                growing.append(chunk, 4 * random.nextInt(1 + Math.min(40 * i, chunk.length / 4)));

                // Then
                assertThat(pool.outstandingBytes()).isLessThanOrEqualTo(2L * 4 * growing.elements() + START);
            }
        }
    }

    @Test
    void keepsWhatCameBeforeItGrew() {
        // Given
        int count = 1_000_000;
        try (GrowingTensor growing = GrowingTensor.upTo(pool, count, 1)) {
            for (int i = 0; i < count; i++) {
                growing.append(i);
            }

            // When
            try (Tensor tensor = growing.finish(Shape.of(count))) {

                // Then
                for (int i = 0; i < count; i += 999) {
                    assertThat(tensor.floats().get(i)).isEqualTo(i);
                }
            }
        }
    }

    @Test
    void startsWithNoMoreThanItMayHold() {
        // When
        try (GrowingTensor small = GrowingTensor.upTo(pool, 100);
                GrowingTensor large = GrowingTensor.upTo(pool, 4L * MIB)) {

            // Then
            assertThat(small.elements()).isZero();
            assertThat(large.elements()).isZero();
            assertThat(pool.outstandingBytes()).isEqualTo(4 * KIB + START);
        }
    }

    @Test
    void givesBackWhatItHoldsWhereThePoolRefusesMore() {
        // Given
        SlabPool scarce = new SlabPool(0, 5L * START);
        GrowingTensor growing = GrowingTensor.upTo(scarce, MIB);
        growing.append(new byte[2 * START], 2 * START);

        // When
        assertThatThrownBy(() -> growing.append(1)).isInstanceOf(SlabLimitException.class);

        // Then
        assertThat(scarce.outstandingBytes()).isEqualTo(2 * START);
        assertThat(growing.elements()).isEqualTo(2 * START / 4);
        growing.close();
        assertThat(scarce.outstandingSlabs()).isZero();
    }

    @Test
    void refusesToPassItsLimit() {
        try (GrowingTensor growing = GrowingTensor.upTo(pool, 3)) {
            growing.append(new byte[12], 12);

            // When, Then
            assertThat(growing.full()).isTrue();
            assertThatThrownBy(() -> growing.append(1)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refusesAShapeWithOtherThanWhatCame() {
        try (GrowingTensor growing = GrowingTensor.upTo(pool, 3)) {
            growing.append(1);

            // When, Then
            assertThatThrownBy(() -> growing.finish(Shape.of(3))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void closesWithoutEffectOnceFinished() {
        // Given
        GrowingTensor growing = GrowingTensor.upTo(pool, 3);
        growing.append(1);
        Tensor tensor = growing.finish(Shape.of(1));

        // When
        growing.close();

        // Then
        assertThat(tensor.floats().get(0)).isEqualTo(1);
        tensor.close();
    }
}
