package io.fieldserve.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.source.FakeServer.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prefix in storage that speaks S3 over HTTP, by the SDK's own client. */
class S3PrefixTest {

    private static final TransferLimits LIMITS =
            new TransferLimits(100, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(20));

    @TempDir
    Path folder;

    private FakeServer server;
    private FakeStorage storage;
    private SourceCache cache;

    @BeforeEach
    void aVersion() throws IOException {
        System.setProperty("aws.accessKeyId", "KEY");
        System.setProperty("aws.secretAccessKey", "secret");
        server = new FakeServer();
        cache = new SourceCache(folder);
        storage = new FakeStorage(server)
                .put("lab/darcy/1/a.onnx", "one")
                .put("lab/darcy/1/b.onnx", "other")
                .put("lab/darcy/1/surrogate.json", "{}")
                .put("lab/README.md", "not of a version")
                .put("lab/darcy/.hidden/x", "hidden")
                .put("labs/darcy/2/a.onnx", "of another prefix");
    }

    @AfterEach
    void stop() {
        server.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void fetchesWhatIsBelowThePrefix() throws Exception {
        // When
        renew();

        // Then
        assertThat(Packed.unpacked(cache.current()))
                .isEqualTo(Map.of("darcy/1/a.onnx", "one", "darcy/1/b.onnx", "other", "darcy/1/surrogate.json", "{}"));
    }

    @Test
    void fetchesNothingWhereNothingChanged() throws Exception {
        // Given
        renew();

        // When
        Optional<Offer> offer = source().look(cache.revision());

        // Then
        assertThat(offer).isEmpty();
    }

    @Test
    void fetchesOnlyWhatChanged() throws Exception {
        // Given
        renew();
        storage.put("lab/darcy/1/b.onnx", "new").put("lab/darcy/2/a.onnx", "two");
        storage.remove("lab/darcy/1/surrogate.json");
        server.asked().clear();

        // When
        renew();

        // Then
        assertThat(server.asked().stream().filter(path -> !path.contains("?")))
                .containsExactlyInAnyOrder("/models/lab/darcy/1/b.onnx", "/models/lab/darcy/2/a.onnx");
        assertThat(Packed.unpacked(cache.current()))
                .isEqualTo(Map.of("darcy/1/a.onnx", "one", "darcy/1/b.onnx", "new", "darcy/2/a.onnx", "two"));
    }

    @Test
    void refusesWhatIsWrittenOverMeanwhile() throws Exception {
        // Given
        Offer offer = source().look(cache.revision()).orElseThrow();
        storage.put("lab/darcy/1/b.onnx", "new");

        // When, Then
        assertThatThrownBy(() -> cache.replace(offer))
                .isInstanceOf(IOException.class)
                .hasMessage("the answer was 412 PreconditionFailed");
        assertThat(cache.revision()).isEmpty();
    }

    @Test
    void saysThatItMayNot() {
        // Given
        System.setProperty("aws.accessKeyId", "ANOTHER");

        // When, Then
        assertThatThrownBy(this::renew).isInstanceOf(IOException.class).hasMessage("the answer was 403 AccessDenied");
    }

    @Test
    void refusesMoreThanIsAllowed() {
        // Given
        storage.put("lab/darcy/2/a.onnx", "x".repeat(100));

        // When, Then
        assertThatThrownBy(this::renew).hasMessage("it holds more than the 100 bytes that are allowed");
    }

    @Test
    void countsWhatItKeepsToo() throws Exception {
        // Given 3 and 2 bytes that stay, and 96 that are new
        renew();
        storage.put("lab/darcy/1/b.onnx", "x".repeat(96));

        // When, Then
        assertThatThrownBy(this::renew).hasMessage("it holds more than the 100 bytes that are allowed");
    }

    @Test
    void refusesAnotherSizeThanWasListed() {
        // Given
        server.on("/models/lab/darcy/1/a.onnx", Reply.of("longer"));

        // When, Then
        assertThatThrownBy(this::renew)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'darcy/1/a.onnx' came with 6 bytes, expected 3");
    }

    @Test
    void refusesAKeyThatIsNotBelowTheFolder() {
        // Given
        storage.put("lab/darcy/1/\\..\\x", "x");

        // When, Then
        assertThatThrownBy(this::renew).hasMessageContaining("which is no name below a folder");
    }

    @Test
    void takesAnEmptyPrefixForAMistake() {
        // Given
        Source source = source("s3://models/nowhere");

        // When, Then
        assertThatThrownBy(() -> source.look(Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no object <surrogate>/<version>/<file>");
    }

    @Test
    void keepsFilesWithoutACopy() throws Exception {
        // Given
        renew();
        Object before = Files.getAttribute(cache.current().resolve("darcy/1/a.onnx"), "unix:ino");
        storage.put("lab/darcy/1/b.onnx", "new");

        // When
        renew();

        // Then
        assertThat(Files.getAttribute(cache.current().resolve("darcy/1/a.onnx"), "unix:ino"))
                .isEqualTo(before);
    }

    private Source source() {
        return source("s3://models/lab/");
    }

    private Source source(String uri) {
        return new S3Prefix(URI.create(uri), Optional.of(server.uri("")), Optional.empty(), LIMITS);
    }

    private void renew() throws IOException, InterruptedException {
        Optional<Offer> offer = source().look(cache.revision());
        if (offer.isPresent()) {
            cache.replace(offer.get());
        }
    }
}
