package io.fieldserve.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.codec.NpzArchive;
import io.fieldserve.prediction.GoldenCheck;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A version whose graph never comes to an end, beside a sound one. */
class TimedAcceptanceTest extends RepositoryTest {

    @Test
    void stopsAGraphThatLoopsForEver() throws IOException {
        // Given
        PlainFolder.write(root, "endless", "1", "endless");
        OpenEnsembles ensembles = new OpenEnsembles(runtime);
        Acceptance acceptance =
                new TimedAcceptance(new GoldenCheck(engine.predictor(), new NpzArchive(slabs)), Duration.ofSeconds(5));
        repository = new SurrogateRepository(root, ensembles, acceptance);

        // When
        repository.load();

        // Then
        assertThat(repository.index().rejected())
                .containsExactly(new RejectedVersion("endless", "1", "its test took more than 5 s"));
        assertThat(repository.index().served()).containsOnlyKeys("pair");
        assertThat(ensembles.open()).isEqualTo(1);
    }
}
