package io.fieldserve.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.surrogate.ManifestReader;
import io.fieldserve.wire.LogListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first poll sees a change, the second that it is over, and loads. */
class PollTest extends RepositoryTest {

    @TempDir
    Path elsewhere;

    @BeforeEach
    void bothSurrogates() throws IOException {
        TinyVersion.affine().writeTo(root);
        repository.load();
    }

    @Test
    void servesANewVersionOnceItsFilesChangeNoMore() throws IOException {
        // Given
        SurrogateVersion first = affine(1).orElseThrow();
        TinyVersion.affine().with("/version", 2).writeTo(root);
        repository.poll();
        assertThat(affine(2)).isEmpty();

        // When
        repository.poll();

        // Then
        assertThat(affine(2)).isPresent();
        assertThat(affine(1)).containsSame(first);
    }

    @Test
    void doesNotLookIntoAVersionThatIsStillBeingCopied() throws IOException {
        // Given
        Path whole = TinyVersion.affine().with("/version", 2).writeTo(elsewhere);
        Path copy = Files.createDirectories(root.resolve("affine/2"));
        try (LogListener log = LogListener.to(SurrogateLoader.class.getName(), Level.INFO)) {
            for (String file : List.of("affine-0.onnx", "affine-1.onnx", "affine-2.onnx", "examples.npz")) {
                Files.copy(whole.resolve(file), copy.resolve(file));
                repository.poll();
            }

            // When
            Files.copy(whole.resolve("golden.npz"), copy.resolve("golden.npz"));
            Files.copy(whole.resolve(ManifestReader.FILE_NAME), copy.resolve(ManifestReader.FILE_NAME));
            pollTwice();

            // Then
            assertThat(log.lines()).containsExactly("affine/2 in %s is served".formatted(root.getFileName()));
        }
        assertThat(affine(2)).isPresent();
    }

    @Test
    void triesWhatWasRejectedAgainOnlyWhenItsFilesChange() throws IOException {
        // Given
        Path second = TinyVersion.affine().with("/version", 2).writeTo(root);
        byte[] golden = Files.readAllBytes(second.resolve("golden.npz"));
        Files.delete(second.resolve("golden.npz"));
        try (LogListener log = LogListener.to(SurrogateLoader.class.getName(), Level.INFO)) {
            pollTwice();

            // When
            pollTwice();
            TinyVersion.affine().with("/version", 3).writeTo(root);
            pollTwice();

            // Then one line for each attempt
            assertThat(log.lines())
                    .containsExactly(
                            "affine/2 in %s is not served".formatted(root.getFileName()),
                            "affine/3 in %s is served".formatted(root.getFileName()));
        }
        RejectedVersion rejected = new RejectedVersion("affine", "2", "golden.npz can't be read (NoSuchFileException)");
        assertThat(repository.index().rejected()).containsExactly(rejected);
        Files.write(second.resolve("golden.npz"), golden);
        pollTwice();
        assertThat(affine(2)).isPresent();
        assertThat(repository.index().rejected()).isEmpty();
    }

    @Test
    void leavesTheVersionBeforeOneThatIsCorrupt() throws IOException {
        // Given
        SurrogateVersion sound = affine(1).orElseThrow();
        Files.writeString(sound.folder().resolve(ManifestReader.FILE_NAME), "{");

        // When
        pollTwice();

        // Then
        assertThat(affine(1)).containsSame(sound);
        assertThat(ensembles.isOpen(sound.ensemble())).isTrue();
        assertThat(repository.index().rejected()).hasSize(1);
    }

    @Test
    void unloadsWhatIsGone() throws IOException {
        // Given
        delete(root.resolve("affine"));

        // When
        pollTwice();

        // Then
        assertThat(repository.index().served()).containsOnlyKeys("pair");
        assertThat(ensembles.open()).isEqualTo(1);
    }

    @Test
    void doesNotMissAVersionThatIsPutInPlaceOfAnother() throws IOException {
        // Given a poll in the moment between
        SurrogateVersion first = affine(1).orElseThrow();
        Path folder = first.folder();
        Files.move(folder, elsewhere.resolve("1"));
        repository.poll();
        Files.move(elsewhere.resolve("1"), folder);

        // When
        pollTwice();

        // Then
        assertThat(affine(1)).containsSame(first);
    }

    @Test
    void leavesUnloadedWhatWasUnloadedUntilItsFilesChange() throws IOException {
        // Given
        repository.unload("affine");
        pollTwice();
        assertThat(repository.index().served()).containsOnlyKeys("pair");
        TinyVersion.affine().with("/version", 2).writeTo(root);

        // When
        pollTwice();

        // Then
        assertThat(repository.index().served().get("affine")).containsOnlyKeys(1, 2);
        assertThat(repository.index().unloaded()).isEmpty();
    }

    @Test
    void opensAPlainModelAgainOnlyWhenItChanged() throws IOException {
        // Given
        PlainFolder.write(root, "plain", "1", "dynamic");
        pollTwice();
        int opened = ensembles.opened();

        // When
        pollTwice();

        // Then
        assertThat(repository.index().latest("plain")).isPresent();
        assertThat(ensembles.opened()).isEqualTo(opened);
    }

    @Test
    void takesAnEmptyRootForOneThatIsNotMounted() throws IOException {
        // Given
        delete(root.resolve("affine"));
        delete(root.resolve("pair"));

        // When
        try (LogListener log = LogListener.to(SurrogateRepository.class.getName(), Level.INFO)) {
            pollTwice();
            pollTwice();

            // Then it says so once
            assertThat(log.lines()).containsExactly("the repository can't be looked at");
        }
        assertThat(repository.index().served()).containsOnlyKeys("affine", "pair");
    }

    @Test
    void leavesWhatCannotBeListed() throws IOException {
        // Given
        delete(root.resolve("affine"));
        Files.createSymbolicLink(root.resolve("affine"), Path.of("affine"));

        // When
        try (LogListener log = LogListener.to(SurrogateRepository.class.getName(), Level.INFO)) {
            pollTwice();

            // Then
            assertThat(log.lines()).containsExactly("affine can't be looked at");
        }
        assertThat(affine(1)).isPresent();
    }

    @Test
    void servesTheFirstOfTwoRoots() throws IOException {
        // Given
        TinyVersion.affine().with("/title", "The second").writeTo(elsewhere);
        TinyVersion.affine().with("/version", 2).writeTo(elsewhere);
        use(RepositorySettings.of(List.of(new Root("first", root), new Root("second", elsewhere))));

        // When
        repository.load();

        // Then
        assertThat(affine(1).orElseThrow().manifest().title()).isEqualTo("Three straight lines");
        assertThat(affine(2)).isPresent();
        assertThat(repository.index().rejected())
                .containsExactly(
                        new RejectedVersion("affine", "1", "first has this version too, and comes before second"));
    }

    @Test
    void servesTheSecondWhenTheFirstIsGone() throws IOException {
        // Given
        TinyVersion.affine().with("/title", "The second").writeTo(elsewhere);
        use(RepositorySettings.of(List.of(new Root("first", root), new Root("second", elsewhere))));
        repository.load();
        delete(root.resolve("affine"));

        // When
        pollTwice();

        // Then
        assertThat(affine(1).orElseThrow().manifest().title()).isEqualTo("The second");
        assertThat(repository.index().rejected()).isEmpty();
    }

    @Test
    void asksForSupplyBeforeItLooks() throws IOException {
        // Given
        Supply supply = insistent -> write(TinyVersion.affine().with("/version", insistent ? 2 : 3));
        use(new RepositorySettings(List.of(Root.of(root)), supply, VersionPolicies.ALL, SignatureCheck.NONE));

        // When
        repository.load();

        // Then
        assertThat(repository.index().served().get("affine")).containsOnlyKeys(1, 2);
    }

    @Test
    void loadsNothingWhenItIsClosed() {
        // Given
        repository.close();

        // When
        pollTwice();

        // Then
        assertThat(repository.index().loaded()).isFalse();
        assertThat(ensembles.open()).isZero();
    }

    private void write(TinyVersion version) {
        try {
            version.writeTo(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pollTwice() {
        repository.poll();
        repository.poll();
    }

    private Optional<SurrogateVersion> affine(int version) {
        return repository.index().version("affine", version);
    }
}
