package io.fieldserve.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.repository.SurrogateRepository;
import io.quarkus.smallrye.health.runtime.ShutdownReadinessCheck;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What holds until the service is told to stop; what holds from then on is in {@link DrainIT}. */
class ServiceReadinessTest {

    @Test
    void isNotReadyBeforeSurrogatesAreServed() {
        // Given
        SurrogateRepository notLoaded = new SurrogateRepository(Path.of("models/repository"), null, version -> null);

        // When
        boolean ready = new ServiceReadiness(notLoaded, new ShutdownReadinessCheck()).ready();

        // Then
        assertThat(ready).isFalse();
    }
}
