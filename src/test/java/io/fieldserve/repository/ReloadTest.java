package io.fieldserve.repository;

import static io.fieldserve.surrogate.FieldArrays.tensor;
import static io.fieldserve.surrogate.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.surrogate.EnsembleOutput;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is served may change under those who use it: they end on what they began with, and nothing stays open for long. */
class ReloadTest extends RepositoryTest {
    @BeforeEach
    void bothSurrogates() throws IOException {
        TinyVersion.affine().writeTo(root);
        repository.load();
    }

    @Test
    void findsANewVersion() throws IOException {
        // Given
        SurrogateVersion first = affine(1).orElseThrow();
        TinyVersion.affine().with("/version", 2).writeTo(root);

        // When
        boolean known = repository.load("affine");

        // Then
        assertThat(known).isTrue();
        assertThat(repository.index().served().get("affine")).containsOnlyKeys(1, 2);
        assertThat(affine(1)).containsSame(first);
    }

    @Test
    void leavesWhatHasNotChangedOpen() {
        // Given
        int before = ensembles.opened();

        // When
        repository.load("affine");

        // Then
        assertThat(ensembles.opened()).isEqualTo(before);
    }

    @Test
    void replacesWhatHasChanged() throws IOException {
        // Given
        SurrogateVersion old = affine(1).orElseThrow();
        rewrite(TinyVersion.affine().with("/title", "Another title"));

        // When
        repository.load("affine");

        // Then
        assertThat(affine(1).orElseThrow().manifest().title()).isEqualTo("Another title");
        assertThat(ensembles.isOpen(old.ensemble())).isFalse();
        assertThat(ensembles.open()).isEqualTo(2);
    }

    @Test
    void runsOnWhatWasLeasedUntilTheLeaseEnds() throws IOException {
        // Given
        SurrogateVersion old = affine(1).orElseThrow();
        SurrogateVersion.Lease lease = old.lease().orElseThrow();
        rewrite(TinyVersion.affine().with("/title", "Another title"));

        // When
        repository.load("affine");

        // Then
        assertThat(mean(old)).containsExactly(3, 5);
        lease.close();
        lease.close();
        assertThat(ensembles.isOpen(old.ensemble())).isFalse();
        assertThat(old.lease()).isEmpty();
    }

    @Test
    void keepsTheVersionBeforeOneThatFails() throws IOException {
        // Given
        SurrogateVersion sound = affine(1).orElseThrow();
        rewrite(TinyVersion.affine().golden("mean", Shape.of(1, 1, 2, 3), 1, 2, 3, 5, 7, 10));

        // When
        repository.load("affine");

        // Then
        assertThat(affine(1)).containsSame(sound);
        assertThat(mean(sound)).containsExactly(3, 5);
        assertThat(repository.index().rejected()).hasSize(1);
        assertThat(repository.index().complete()).isTrue();
    }

    @Test
    void unloadsWhatIsNoLongerThere() throws IOException {
        // Given
        SurrogateVersion gone = affine(1).orElseThrow();
        TinyVersion.affine().with("/version", 2).writeTo(root);
        delete(gone.folder());

        // When
        repository.load("affine");

        // Then
        assertThat(repository.index().served().get("affine")).containsOnlyKeys(2);
        assertThat(ensembles.isOpen(gone.ensemble())).isFalse();
    }

    @Test
    void unloadsAndLoadsAgain() {
        // Given
        SurrogateVersion.Lease lease = affine(1).orElseThrow().lease().orElseThrow();

        // When
        boolean unloaded = repository.unload("affine");

        // Then
        assertThat(unloaded).isTrue();
        assertThat(repository.index().served()).containsOnlyKeys("pair");
        assertThat(repository.index().unloaded()).containsExactly(new RejectedVersion("affine", "1", "unloaded"));
        assertThat(repository.index().complete()).isTrue();
        assertThat(ensembles.open()).isEqualTo(2);
        lease.close();
        assertThat(ensembles.open()).isEqualTo(1);
        assertThat(repository.load("affine")).isTrue();
        assertThat(affine(1)).isPresent();
        assertThat(repository.index().unloaded()).isEmpty();
    }

    @Test
    void leavesWhatItServesWhereAFolderCannotBeListed() throws IOException {
        // Given a folder that is there and can't be looked into, as that of a network drive which fails
        SurrogateVersion served = affine(1).orElseThrow();
        delete(root.resolve("affine"));
        Files.createSymbolicLink(root.resolve("affine"), Path.of("affine"));

        // When, Then
        assertThatThrownBy(() -> repository.load("affine"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("affine can't be listed");
        assertThat(affine(1)).containsSame(served);
    }

    @Test
    void knowsNothingOfOtherNames() {
        // When
        List<Boolean> done = List.of(
                repository.load("stokes"),
                repository.unload("stokes"),
                repository.load("../" + root.getFileName() + "/affine"),
                repository.load(""));

        // Then
        assertThat(done).containsOnly(false);
        assertThat(repository.index().served()).containsOnlyKeys("affine", "pair");
    }

    @Test
    void noRequestIsLostWhileVersionsComeAndGo() throws Exception {
        // Given threads that lease and run whatever is served
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answers = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> callers = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        while (!over.get()) {
                            askOnce();
                            answers.incrementAndGet();
                        }
                    }))
                    .toList();

            // When
            for (int change = 0; change < 20; change++) {
                rewrite(TinyVersion.affine().with("/title", "Change " + change));
                repository.load("affine");
            }
            over.set(true);

            // Then
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
        assertThat(answers.get()).isPositive();
        assertThat(affine(1).orElseThrow().manifest().title()).isEqualTo("Change 19");
        assertThat(ensembles.open()).isEqualTo(2);
    }

    private void askOnce() {
        Optional<SurrogateVersion.Lease> lease = Optional.empty();
        while (lease.isEmpty()) {
            lease = affine(1).orElseThrow().lease();
        }
        try (SurrogateVersion.Lease held = lease.get()) {
            assertThat(mean(held.version())).containsExactly(3, 5);
        }
    }

    private Optional<SurrogateVersion> affine(int version) {
        return repository.index().version("affine", version);
    }

    /** What the three straight lines of the affine surrogate, 2 a + 1 on the average, give for 1 and 2. */
    private float[] mean(SurrogateVersion version) {
        try (Tensor input = tensor(slabs, Shape.of(1, 1, 1, 2), 1, 2);
                EnsembleOutput output =
                        run(version.ensemble(), Map.of("permeability", input), new EnsembleQuery(3, true))) {
            return switch (output) {
                case EnsembleOutput.Members(Map<String, Tensor> byField) -> {
                    Tensor members = byField.get("pressure");
                    float[] mean = new float[2];
                    for (int i = 0; i < 6; i++) {
                        mean[i % 2] += members.floats().get(i) / 3;
                    }
                    yield new float[] {Math.round(mean[0]), Math.round(mean[1])};
                }
                case EnsembleOutput.Moments(Map<String, Tensor> mean, Map<String, Tensor> _) ->
                    new float[] {
                        mean.get("pressure").floats().get(0),
                        mean.get("pressure").floats().get(1)
                    };
            };
        }
    }

    private void rewrite(TinyVersion version) throws IOException {
        delete(root.resolve("affine/1"));
        version.writeTo(root);
    }
}
