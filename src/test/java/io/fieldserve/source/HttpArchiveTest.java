package io.fieldserve.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.source.CrookedServer.End;
import io.fieldserve.source.FakeServer.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One archive, from servers of all kinds. What is there stays where what comes is no good. */
class HttpArchiveTest {
    private static final Map<String, String> FILES = Map.of("darcy/1/a.onnx", "one");
    private static final byte[] ARCHIVE = Packed.tarGz(FILES);
    private static final TransferLimits LIMITS =
            new TransferLimits(10_000, Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(60));
    private static final TransferLimits IMPATIENT =
            new TransferLimits(10_000, Duration.ofSeconds(20), Duration.ofMillis(300), Duration.ofSeconds(60));

    @TempDir
    Path folder;

    private FakeServer server;
    private SourceCache cache;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        cache = new SourceCache(folder);
    }

    @AfterEach
    void nothingUnfinishedIsLeft() throws IOException {
        server.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith(".incoming"));
        }
    }

    @Test
    void isFetchedOnce() throws Exception {
        // Given
        server.on("/x.tgz", Reply.of(ARCHIVE));
        Source source = source(server.uri("/x.tgz"));

        // When
        renew(source);
        renew(source);

        // Then
        assertThat(Packed.unpacked(cache.current())).isEqualTo(FILES);
        assertThat(server.asked()).containsExactly("/x.tgz");
    }

    @Test
    void followsARedirectWithoutTellingThePassword() throws Exception {
        // Given
        List<String> passwords = new CopyOnWriteArrayList<>();
        try (FakeServer elsewhere = new FakeServer()) {
            elsewhere.on("/y", exchange -> {
                passwords.add("elsewhere " + exchange.getRequestHeaders().getFirst("Authorization"));
                return Reply.of(ARCHIVE);
            });
            server.on("/x.tgz", exchange -> {
                passwords.add("here " + exchange.getRequestHeaders().getFirst("Authorization"));
                return Reply.status(302, Map.of("Location", elsewhere.uri("/y").toString()));
            });

            // When
            renew(new HttpArchive(
                    server.uri("/x.tgz"), Sha256.of(ARCHIVE), Optional.of(new Credentials("u", "p")), LIMITS));
        }

        // Then: dTpw is u:p
        assertThat(passwords).containsExactly("here Basic dTpw", "elsewhere null");
        assertThat(Packed.unpacked(cache.current())).isEqualTo(FILES);
    }

    @Test
    void isNotRedirectedForEver() {
        // Given
        server.on("/x.tgz", Reply.status(307, Map.of("Location", "/x.tgz")));

        // When, Then
        assertThatThrownBy(() -> renew(source(server.uri("/x.tgz")))).hasMessage("it was redirected more than 5 times");
        assertThat(server.asked()).hasSize(6);
    }

    @Test
    void refusesOtherBytes() throws Exception {
        // Given
        byte[] other = Packed.tarGz(Map.of("darcy/1/a.onnx", "two"));
        server.on("/x.tgz", Reply.of(other));

        // When, Then
        assertThatThrownBy(() -> renew(source(server.uri("/x.tgz"))))
                .isInstanceOf(IOException.class)
                .hasMessage("what came has SHA-256 %s, expected %s".formatted(Sha256.of(other), Sha256.of(ARCHIVE)));
        assertThat(cache.revision()).isEmpty();
    }

    @Test
    void refusesMoreThanIsAllowed() {
        // Given
        server.on("/x.tgz", Reply.of(new byte[10_001]));

        // When, Then
        assertThatThrownBy(() -> renew(source(server.uri("/x.tgz"))))
                .hasMessageContaining("more than the 10000 bytes that are allowed came");
    }

    @Test
    void refusesWhatUnpacksToMoreThanIsAllowed() throws Exception {
        // Given
        byte[] archive = Packed.tarGz(Map.of("a", "0".repeat(10_001)));
        server.on("/x.tgz", Reply.of(archive));
        Source source = new HttpArchive(server.uri("/x.tgz"), Sha256.of(archive), Optional.empty(), LIMITS);

        // When, Then
        assertThatThrownBy(() -> renew(source)).hasMessage("it holds more than the 10000 bytes that are allowed");
        assertThat(cache.revision()).isEmpty();
    }

    @Test
    void saysWhatTheAnswerWasWhateverCameWithIt() {
        // Given
        server.on("/y.tgz", new Reply(404, Map.of(), ByteBuffer.allocate(10_001)));

        // When, Then
        assertThatThrownBy(() -> renew(source(server.uri("/y.tgz")))).hasMessage("the answer was 404");
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void failsWhereLessComesThanWasSaid(End end) throws Exception {
        // Given a server that sends half, and hangs up, resets or stalls
        byte[] half = Arrays.copyOf(ARCHIVE, ARCHIVE.length / 2);
        String head = "HTTP/1.1 200 OK\nContent-Length: %d\n\n".formatted(ARCHIVE.length);
        try (CrookedServer crooked = new CrookedServer(head, half, end)) {

            // When, Then
            assertThatThrownBy(() -> renew(source(crooked.uri("/x.tgz"), IMPATIENT)))
                    .isInstanceOf(IOException.class);
        }
        assertThat(cache.revision()).isEmpty();
    }

    @Test
    void failsWhereMoreIsThereThanWasSaid() throws Exception {
        // Given
        String head = "HTTP/1.1 200 OK\nContent-Length: %d\n\n".formatted(ARCHIVE.length - 1);
        try (CrookedServer crooked = new CrookedServer(head, ARCHIVE, End.HANGS_UP)) {

            // When, Then
            assertThatThrownBy(() -> renew(source(crooked.uri("/x.tgz")))).hasMessageContaining("SHA-256");
        }
    }

    @Test
    void failsWhereNothingIsAnswered() throws Exception {
        // Given
        try (CrookedServer silent = new CrookedServer("", new byte[0], End.SAYS_NOTHING_MORE)) {

            // When, Then
            assertThatThrownBy(() -> renew(source(silent.uri("/x.tgz"), IMPATIENT)))
                    .hasMessage("nothing came for 0.3 s");
        }
    }

    @Test
    void isNotWaitedForBeyondItsTime() throws Exception {
        // Given
        TransferLimits limits =
                new TransferLimits(10_000, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(1));
        try (CrookedServer silent = new CrookedServer("", new byte[0], End.SAYS_NOTHING_MORE)) {

            // When, Then
            assertThatThrownBy(() -> renew(source(silent.uri("/x.tgz"), limits)))
                    .hasMessage("it took longer than 0.0 s");
        }
    }

    @Test
    void keepsWhatWasThere() throws Exception {
        // Given
        server.on("/x.tgz", Reply.of(ARCHIVE));
        renew(source(server.uri("/x.tgz")));
        Source next = new HttpArchive(server.uri("/x.tgz"), "0".repeat(64), Optional.empty(), LIMITS);

        // When, Then
        assertThatThrownBy(() -> renew(next)).hasMessageContaining("expected 000");
        assertThat(Packed.unpacked(cache.current())).isEqualTo(FILES);
    }

    @ParameterizedTest
    @CsvSource({
        "https://host/x.tgz, 123, is no SHA-256",
        "https://host/x.rar, %s, must end in",
        "https://u:p@host/x.tgz, %s, no password",
        "https:///x.tgz, %s, must have a host"
    })
    void refusesWhatCannotBeASource(String uri, String sha256, String expected) {
        // When, Then
        assertThatThrownBy(() -> new HttpArchive(
                        URI.create(uri), sha256.formatted(Sha256.of(ARCHIVE)), Optional.empty(), LIMITS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    private static Source source(URI uri) {
        return source(uri, LIMITS);
    }

    private static Source source(URI uri, TransferLimits limits) {
        return new HttpArchive(uri, Sha256.of(ARCHIVE), Optional.empty(), limits);
    }

    private void renew(Source source) throws IOException, InterruptedException {
        Optional<Offer> offer = source.look(cache.revision());
        if (offer.isPresent()) {
            cache.replace(offer.get());
        }
    }
}
