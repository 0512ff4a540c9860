package io.fieldserve.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.wire.LogListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One source whose answers are told, and one that is always fine. */
class SourcesTest {

    @TempDir
    Path folder;

    private final Told told = new Told();
    private Sources sources;

    @BeforeEach
    void both() throws IOException {
        Source fine =
                revision -> revision.isPresent() ? Optional.empty() : Optional.of(SourceCacheTest.offer("ff", "fine"));
        sources = new Sources(folder, new TreeMap<>(Map.of("told", told, "fine", fine)));
    }

    /** Answers with its trouble, or else its revision. */
    private static final class Told implements Source {
        private Optional<String> trouble = Optional.empty();
        private String revision = "aa";
        private int looks;

        @Override
        public Optional<Offer> look(Optional<String> last) throws IOException {
            looks++;
            if (trouble.isPresent()) {
                throw new RefusedException(trouble.get());
            }
            return last.equals(Optional.of(revision))
                    ? Optional.empty()
                    : Optional.of(SourceCacheTest.offer(revision, "told " + revision));
        }

        @Override
        public String toString() {
            return "somewhere";
        }
    }

    @Test
    void fetchesAll() throws IOException {
        // When
        sources.renew(false);

        // Then
        assertThat(Packed.unpacked(sources.folders().get("told"))).isEqualTo(Map.of("darcy/1/a", "told aa"));
        assertThat(Packed.unpacked(sources.folders().get("fine"))).isEqualTo(Map.of("darcy/1/a", "fine"));
        assertThat(sources.folders().keySet()).containsExactly("fine", "told");
    }

    @Test
    void keepsWhatItHasWhereASourceFails() throws IOException {
        // Given
        sources.renew(false);
        told.trouble = Optional.of("the answer was 503");

        // When
        sources.renew(false);

        // Then
        assertThat(Packed.unpacked(sources.folders().get("told"))).isEqualTo(Map.of("darcy/1/a", "told aa"));
        assertThat(sources.states())
                .containsExactly(
                        new SourceState("fine", Optional.of("ff"), Optional.empty()),
                        new SourceState("told", Optional.of("aa"), Optional.of("it refuses")));
    }

    @Test
    void pausesLongerAfterEveryFailure() {
        // Given
        told.trouble = Optional.of("the answer was 503");
        List<Integer> asked = new ArrayList<>();

        // When
        IntStream.rangeClosed(1, 60).forEach(call -> {
            int before = told.looks;
            sources.renew(false);
            if (told.looks > before) {
                asked.add(call);
            }
        });

        // Then there are 0, 1, 3, 7, 15, 15 calls between
        assertThat(asked).containsExactly(1, 2, 4, 8, 16, 32, 48);
    }

    @Test
    void doesNotPauseForThoseWhoInsist() {
        // Given
        told.trouble = Optional.of("the answer was 503");

        // When
        IntStream.range(0, 10).forEach(_ -> sources.renew(true));

        // Then
        assertThat(told.looks).isEqualTo(10);
    }

    @Test
    void saysOnceWhatFailsAndWhenItIsOver() {
        // Given
        told.trouble = Optional.of("the answer was 503");
        try (LogListener log = LogListener.to(Feed.class.getName(), Level.WARNING)) {

            // When
            IntStream.range(0, 5).forEach(_ -> sources.renew(true));
            told.trouble = Optional.of("the answer was 404");
            IntStream.range(0, 5).forEach(_ -> sources.renew(true));

            // Then
            assertThat(log.lines())
                    .containsExactly(
                            "told can't be renewed from somewhere: the answer was 503",
                            "told can't be renewed from somewhere: the answer was 404");
        }
        told.trouble = Optional.empty();
        sources.renew(false);
        assertThat(sources.states().getLast().trouble()).isEqualTo(Optional.of("it refuses"));
        sources.renew(true);
        assertThat(sources.states().getLast()).isEqualTo(new SourceState("told", Optional.of("aa"), Optional.empty()));
    }

    @Test
    void haveTheirFolderForThemselves() throws IOException {
        // When, Then
        assertThatThrownBy(() -> new Sources(folder, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessage("it is in use");
        sources.close();
        try (Sources next = new Sources(folder, Map.of("told", told))) {
            assertThat(next.folders()).containsOnlyKeys("told");
        }
    }
}
