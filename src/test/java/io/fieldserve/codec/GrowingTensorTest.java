package io.fieldserve.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrowingTensorTest {
    private static final int MIB = 1 << 20;

    private final SlabPool pool = new SlabPool(0);

    @AfterEach
    void everySlabCameBack() {
        assertThat(pool.outstandingSlabs()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void holdsNoMoreThanTwiceWhatCameAndOneMebibyte(long seed) {
        // Given
        Random random = new Random(seed);
        byte[] chunk = new byte[1 << 16];
        try (GrowingTensor growing = GrowingTensor.unpromised(pool, 1 << 28)) {
            for (int i = 0; i < 200; i++) {
                // When
                growing.append(chunk, 4 * random.nextInt(chunk.length / 4));

                // Then
                assertThat(pool.outstandingBytes()).isLessThanOrEqualTo(2L * 4 * growing.elements() + MIB);
            }
        }
    }

    @Test
    void keepsWhatCameBeforeItGrew() {
        // Given
        int count = 1_000_000;
        try (GrowingTensor growing = GrowingTensor.unpromised(pool, count, 1)) {
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
    void takesWhatIsPromisedAtOnce() {
        // When
        try (GrowingTensor promised = GrowingTensor.promised(pool, 4L * MIB)) {

            // Then
            assertThat(promised.elements()).isZero();
            assertThat(pool.outstandingBytes()).isEqualTo(16L * MIB);
        }
    }

    @Test
    void refusesToPassItsLimit() {
        try (GrowingTensor growing = GrowingTensor.unpromised(pool, 3)) {
            growing.append(new byte[12], 12);

            // When, Then
            assertThat(growing.full()).isTrue();
            assertThatThrownBy(() -> growing.append(1)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refusesAShapeWithOtherThanWhatCame() {
        try (GrowingTensor growing = GrowingTensor.unpromised(pool, 3)) {
            growing.append(1);

            // When, Then
            assertThatThrownBy(() -> growing.finish(Shape.of(3))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void closesWithoutEffectOnceFinished() {
        // Given
        GrowingTensor growing = GrowingTensor.unpromised(pool, 3);
        growing.append(1);
        Tensor tensor = growing.finish(Shape.of(1));

        // When
        growing.close();

        // Then
        assertThat(tensor.floats().get(0)).isEqualTo(1);
        tensor.close();
    }
}
