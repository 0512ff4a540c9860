package io.fieldserve.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TensorTest {
    private final SlabPool pool = new SlabPool(0);

    @AfterEach
    void everySlabCameBack() {
        assertThat(pool.outstandingSlabs()).isZero();
        assertThat(pool.outstandingBytes()).isZero();
    }

    @Test
    void givesItsBytesDirectAndLittleEndian() {
        try (Tensor tensor = counting(2, 3)) {
            // When
            ByteBuffer bytes = tensor.bytes();

            // Then
            assertThat(bytes.isDirect()).isTrue();
            assertThat(bytes.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            assertThat(bytes.position()).isZero();
            assertThat(bytes.limit()).isEqualTo(24);
            assertThat(bytes.getFloat(20)).isEqualTo(5);
        }
    }

    @Test
    void givesEachCallerItsOwnPosition() {
        try (Tensor tensor = counting(4)) {
            // Given
            FloatBuffer first = tensor.floats();

            // When
            first.get();

            // Then
            assertThat(tensor.floats().position()).isZero();
        }
    }

    @Test
    void slicesAlongTheBatchWithoutCopying() {
        try (Tensor tensor = counting(4, 3);
                Tensor middle = tensor.batchSlice(1, 3)) {
            // When
            middle.floats().put(0, -1);

            // Then
            assertThat(middle.shape()).isEqualTo(Shape.of(2, 3));
            assertThat(middle.floats().get(5)).isEqualTo(8);
            assertThat(tensor.floats().get(3)).isEqualTo(-1);
        }
    }

    @Test
    void slicesOfSlicesAreFromTheirOwnStart() {
        try (Tensor tensor = counting(6, 2)) {
            // When
            Tensor inner = tensor.batchSlice(2, 6).batchSlice(1, 2);

            // Then
            assertThat(inner.floats().get(0)).isEqualTo(6);
        }
    }

    @Test
    void refusesSlicesOutsideTheBatch() {
        try (Tensor tensor = counting(4, 3)) {
            // When, Then
            assertThatThrownBy(() -> tensor.batchSlice(2, 5)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> tensor.batchSlice(-1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> tensor.batchSlice(3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void viewsTheSameElementsUnderAnotherShape() {
        try (Tensor tensor = counting(2, 3);
                Tensor view = tensor.view(Shape.of(3, 1, 2))) {
            // Then
            assertThat(view.floats()).isEqualTo(tensor.floats());
            assertThatThrownBy(() -> tensor.view(Shape.of(7))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void closingAViewReleasesNothing() {
        try (Tensor tensor = counting(2, 3)) {
            // When
            tensor.batchSlice(0, 1).close();

            // Then
            assertThat(pool.outstandingSlabs()).isOne();
        }
    }

    @Test
    void viewsEndWithTheirOwner() {
        // Given
        Tensor tensor = counting(2, 3);
        Tensor view = tensor.batchSlice(0, 1).view(Shape.of(3));

        // When
        tensor.close();

        // Then
        assertThatThrownBy(view::floats).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesToBeClosedTwice() {
        // Given
        Tensor tensor = counting(2, 3);
        tensor.close();

        // When, Then
        assertThatThrownBy(tensor::close).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesUseAfterClosing() {
        // Given
        Tensor tensor = counting(2, 3);

        // When
        tensor.close();

        // Then
        assertThatThrownBy(tensor::bytes).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(tensor::floats).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> tensor.batchSlice(0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> tensor.view(Shape.of(6))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> tensor.transfer(Shape.of(6))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void staleBuffersThrowOnceTheirMemoryIsFreed() {
        // Given
        Tensor tensor = counting(2, 3);
        FloatBuffer stale = tensor.floats();

        // When
        tensor.close();

        // Then
        assertThatThrownBy(() -> stale.get(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void transfersItsMemoryToASmallerShape() {
        // Given
        Tensor tensor = counting(8);

        // When
        Tensor smaller = tensor.transfer(Shape.of(2, 3));

        // Then
        assertThat(smaller.floats().get(5)).isEqualTo(5);
        assertThat(smaller.bytes().limit()).isEqualTo(24);
        assertThatThrownBy(tensor::close).isInstanceOf(IllegalStateException.class);
        assertThat(pool.outstandingSlabs()).isOne();
        smaller.close();
    }

    @Test
    void keepsItsMemoryWhenAskedForATransferThatCannotBe() {
        try (Tensor tensor = counting(8);
                Tensor view = tensor.batchSlice(0, 4)) {
            // When, Then
            assertThatThrownBy(() -> tensor.transfer(Shape.of(9))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> view.transfer(Shape.of(4))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void wrapsMemoryOfAnotherProvider() {
        // Given
        AtomicInteger releases = new AtomicInteger();
        ByteBuffer memory = ByteBuffer.allocateDirect(64);

        // When
        Tensor.wrap(DataType.FLOAT32, Shape.of(16), memory, releases::incrementAndGet)
                .close();

        // Then
        assertThat(releases).hasValue(1);
    }

    @Test
    void refusesMemoryThatIsTooSmallOrOnTheHeap() {
        // When, Then
        assertThatThrownBy(() -> Tensor.wrap(DataType.FLOAT32, Shape.of(17), ByteBuffer.allocateDirect(64), () -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tensor.wrap(DataType.FLOAT32, Shape.of(16), ByteBuffer.allocate(64), () -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A tensor whose elements are their own places. */
    private Tensor counting(long... dims) {
        Tensor tensor = pool.allocate(DataType.FLOAT32, Shape.of(dims));
        FloatBuffer floats = tensor.floats();
        while (floats.hasRemaining()) {
            floats.put(floats.position());
        }
        return tensor;
    }
}
