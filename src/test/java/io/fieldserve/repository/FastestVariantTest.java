package io.fieldserve.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.surrogate.EnsembleRun;
import io.fieldserve.surrogate.EnsembleVariant;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.tensor.Tensor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A less plain way of running must save more than 15 per cent. */
class FastestVariantTest {
    private static final Manifest MANIFEST = ManifestFixture.affine().manifest();
    private static final Path FOLDER = Path.of("affine", "1");

    /** The durations in milliseconds, the plainest way first, and the index of the one that is kept. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100              | 0",
                "100, 100         | 0",
                "100, 200         | 0",
                "100, 85          | 0",
                "100, 84          | 1",
                "100, 84, 72      | 1",
                "100, 84, 71      | 2",
                "100, 90, 84, 120 | 2",
                "100, 50, 84      | 1"
            })
    void keepsThePlainestUnlessAnotherIsClearlyFaster(String durations, int expected) {
        // Given
        List<TimedEnsemble> ensembles = Arrays.stream(durations.split(", "))
                .map(text -> new TimedEnsemble(Duration.ofMillis(Long.parseLong(text))))
                .toList();

        // When
        SurrogateVersion version =
                fastest(ensembles.stream().map(TimedEnsemble::variant).toList());

        // Then
        assertThat(version.ensemble()).isSameAs(ensembles.get(expected));
        assertThat(version.manifest()).isSameAs(MANIFEST);
        assertThat(version.folder()).isEqualTo(FOLDER);
        for (TimedEnsemble ensemble : ensembles) {
            assertThat(ensemble.closed).isEqualTo(ensemble == version.ensemble() ? 0 : 1);
        }
    }

    @Test
    void passesOverAWayThatFailsItsTest() {
        // Given
        TimedEnsemble plainest = new TimedEnsemble(Duration.ofMillis(100));
        TimedEnsemble wrong = new TimedEnsemble(null);
        TimedEnsemble fast = new TimedEnsemble(Duration.ofMillis(10));

        // When
        SurrogateVersion version = fastest(List.of(plainest.variant(), wrong.variant(), fast.variant()));

        // Then
        assertThat(version.ensemble()).isSameAs(fast);
        assertThat(List.of(plainest.closed, wrong.closed, fast.closed)).containsExactly(1, 1, 0);
    }

    @Test
    void passesOverAWayThatCannotBeOpened() {
        // Given
        TimedEnsemble plainest = new TimedEnsemble(Duration.ofMillis(100));

        // When
        SurrogateVersion version = fastest(List.of(plainest.variant(), unopenable()));

        // Then
        assertThat(version.ensemble()).isSameAs(plainest);
        assertThat(plainest.closed).isZero();
    }

    @Test
    void refusesAVersionWhosePlainestWayFails() {
        // Given
        TimedEnsemble wrong = new TimedEnsemble(null);
        TimedEnsemble fast = new TimedEnsemble(Duration.ofMillis(10));

        // When, Then: nothing stays open, and nothing else is tried
        assertThatThrownBy(() -> fastest(List.of(wrong.variant(), fast.variant())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("not the golden case");
        assertThat(wrong.closed).isEqualTo(1);
        assertThat(fast.opened).isZero();
    }

    @Test
    void refusesAVersionWhosePlainestWayCannotBeOpened() {
        // Given
        TimedEnsemble fast = new TimedEnsemble(Duration.ofMillis(10));

        // When, Then
        assertThatThrownBy(() -> fastest(List.of(unopenable(), fast.variant())))
                .isInstanceOf(EnsembleException.class)
                .hasMessage("no such operator");
        assertThat(fast.opened).isZero();
    }

    private static SurrogateVersion fastest(List<EnsembleVariant> variants) {
        return new FastestVariant(version -> ((TimedEnsemble) version.ensemble()).test())
                .of(variants, MANIFEST, FOLDER);
    }

    private static EnsembleVariant unopenable() {
        return new EnsembleVariant("unopenable", () -> {
            throw new EnsembleException("no such operator");
        });
    }

    /** Takes the given time for its test, or fails it where there is none. */
    private static final class TimedEnsemble implements Ensemble {
        private final Duration took;
        private int opened;
        private int closed;

        TimedEnsemble(Duration took) {
            this.took = took;
        }

        EnsembleVariant variant() {
            return new EnsembleVariant("timed", () -> {
                opened++;
                return this;
            });
        }

        @Override
        public List<String> remarks() {
            return List.of();
        }

        Duration test() {
            if (took == null) {
                throw new IllegalStateException("not the golden case");
            }
            return took;
        }

        @Override
        public String executionProvider() {
            return "cpu";
        }

        @Override
        public int threadsPerPart() {
            return 1;
        }

        @Override
        public EnsembleRun prepare(Map<String, Tensor> inputs, EnsembleQuery query) {
            throw new AssertionError("its test is all that is made of it");
        }

        @Override
        public void stop() {
            throw new AssertionError("its test takes no time");
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
