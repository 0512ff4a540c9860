package io.fieldserve.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.batching.AdmissionBounds;
import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StillHeldTest {

    private final AdmissionGate gate =
            new AdmissionGate(new AdmissionBounds(4, 1000, Duration.ofSeconds(1)), () -> Duration.ZERO);
    private final SlabPool slabs = new SlabPool(0);

    @Test
    void warnsOfWhatWasNotGivenBack() {
        // Given a request of 300 bytes, and 5000 numbers of 4 bytes in a slab of 32 KiB
        gate.enter(300);
        try (Tensor kept = slabs.allocate(DataType.FLOAT32, Shape.of(5000))) {
            assertThat(kept.bytes().capacity()).isEqualTo(20000);

            // When
            StillHeld held = StillHeld.by(gate, slabs);

            // Then
            assertThat(held).hasToString("requests=1 request-bytes=300 slabs=1 slab-bytes=32768");
            assertThat(held.level()).isEqualTo(Level.WARNING);
        }
    }

    @Test
    void isQuietWhenAllWasGivenBack() {
        // Given
        gate.enter(300).close();
        slabs.allocate(DataType.FLOAT32, Shape.of(5000)).close();

        // When
        StillHeld held = StillHeld.by(gate, slabs);

        // Then
        assertThat(held).hasToString("requests=0 request-bytes=0 slabs=0 slab-bytes=0");
        assertThat(held.level()).isEqualTo(Level.INFO);
    }
}
