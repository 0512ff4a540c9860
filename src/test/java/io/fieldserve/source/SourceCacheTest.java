package io.fieldserve.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is current is always whole. */
class SourceCacheTest {

    @TempDir
    Path folder;

    @Test
    void beginsWithNothing() throws IOException {
        // When
        SourceCache cache = new SourceCache(folder.resolve("new"));

        // Then
        assertThat(cache.revision()).isEmpty();
        assertThat(cache.current()).isEmptyDirectory();
    }

    @Test
    void pointsToWhatCameLast() throws Exception {
        // Given
        SourceCache cache = new SourceCache(folder);
        cache.replace(offer("aa", "first"));
        Path first = cache.current().toRealPath();

        // When
        cache.replace(offer("bb", "second"));

        // Then the one before stays for those who look into it
        assertThat(Packed.unpacked(cache.current())).isEqualTo(Map.of("darcy/1/a", "second"));
        assertThat(cache.revision()).contains("bb");
        assertThat(Packed.unpacked(first)).isEqualTo(Map.of("darcy/1/a", "first"));
        cache.sweep();
        assertThat(entries()).containsExactlyInAnyOrder("current", "bb");
    }

    @Test
    void isAsItWasWhereATransferFails() throws Exception {
        // Given
        SourceCache cache = new SourceCache(folder);
        cache.replace(offer("aa", "first"));
        Offer broken = new Offer("bb", staging -> {
            Files.writeString(staging.tree().resolve("half"), "half");
            throw new IOException("No space left on device");
        });

        // When, Then
        assertThatThrownBy(() -> cache.replace(broken)).hasMessage("No space left on device");
        assertThat(Packed.unpacked(cache.current())).isEqualTo(Map.of("darcy/1/a", "first"));
        cache.sweep();
        assertThat(entries()).containsExactlyInAnyOrder("current", "aa");
    }

    @Test
    void isAsItWasWhereATransferCantBePutInPlace() throws Exception {
        // Given something else that has its place
        SourceCache cache = new SourceCache(folder);
        cache.replace(offer("aa", "first"));
        Files.createDirectories(folder.resolve("bb").resolve("something"));

        // When, Then
        assertThatThrownBy(() -> cache.replace(offer("bb", "second"))).isInstanceOf(IOException.class);
        assertThat(cache.revision()).contains("aa");
        assertThat(Packed.unpacked(cache.current())).isEqualTo(Map.of("darcy/1/a", "first"));
    }

    @Test
    void outlivesTheProcess() throws Exception {
        // Given a process that ended in the middle of the next transfer, and one that was about to point to it
        new SourceCache(folder).replace(offer("aa", "first"));
        Files.createDirectories(folder.resolve(".incoming-1/tree/darcy"));
        Files.createDirectories(folder.resolve("bb/darcy"));
        Files.createSymbolicLink(folder.resolve(".next"), Path.of("bb"));

        // When
        SourceCache cache = new SourceCache(folder);

        // Then
        assertThat(cache.revision()).contains("aa");
        assertThat(Packed.unpacked(cache.current())).isEqualTo(Map.of("darcy/1/a", "first"));
        assertThat(entries()).containsExactlyInAnyOrder("current", "aa");
    }

    static Offer offer(String revision, String content) {
        return new Offer(revision, staging -> {
            Path file = staging.tree().resolve("darcy/1/a");
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        });
    }

    private Set<String> entries() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
