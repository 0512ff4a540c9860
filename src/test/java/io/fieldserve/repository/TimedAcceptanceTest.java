package io.fieldserve.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fieldserve.codec.NpzArchive;
import io.fieldserve.prediction.GoldenCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
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

    @Test
    void rejectsAVersionThatWasStoppedWhenItsTestHadJustEnded() throws IOException {
        // Given a test that ends well once the watch has done its work
        Acceptance late = version -> {
            Awaitility.await().until(() -> watches().isEmpty());
            return Duration.ZERO;
        };
        repository = new SurrogateRepository(
                root, new OpenEnsembles(runtime), new TimedAcceptance(late, Duration.ofNanos(1)));

        // When
        repository.load();

        // Then
        assertThat(repository.index().rejected())
                .extracting(RejectedVersion::reason)
                .containsExactly("its test took more than 0 s");
    }

    @Test
    void leavesNoWatchBehind() throws IOException {
        // Given
        Acceptance acceptance = version -> Duration.ZERO;
        repository = new SurrogateRepository(
                root, new OpenEnsembles(runtime), new TimedAcceptance(acceptance, Duration.ofDays(1)));

        // When
        repository.load();

        // Then
        assertThat(repository.index().served()).containsOnlyKeys("pair");
        assertThat(watches()).isEmpty();
    }

    @Test
    void aTestNeedsSomeTime() {
        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimedAcceptance(version -> Duration.ZERO, Duration.ZERO));
    }

    private static List<Thread> watches() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("test-watch"))
                .toList();
    }
}
