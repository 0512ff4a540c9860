package io.fieldserve.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.source.FakeServer.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Artifacts and images in a registry that speaks HTTP. */
class OciArtifactTest {
    private static final Map<String, String> FILES = Map.of("darcy/1/a.onnx", "one", "darcy/1/surrogate.json", "{}");
    private static final TransferLimits LIMITS =
            new TransferLimits(10_000, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(20));
    private static final Optional<Credentials> NOBODY = Optional.empty();

    @TempDir
    Path folder;

    private FakeServer server;
    private FakeRegistry registry;
    private SourceCache cache;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        registry = new FakeRegistry(server);
        cache = new SourceCache(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void unpacksAFolder() throws Exception {
        // Given
        registry.folder(Packed.tarGz(FILES)).tag("v1");

        // When
        renew(registry.address(":v1"), NOBODY);

        // Then
        assertThat(Packed.unpacked(cache.current())).isEqualTo(FILES);
    }

    @Test
    void takesFilesByTheirTitles() throws Exception {
        // Given
        registry.file("darcy/1/a.onnx", "one")
                .file("darcy/1/surrogate.json", "{}")
                .tag("v1");

        // When
        renew(registry.address(":v1"), NOBODY);

        // Then
        assertThat(Packed.unpacked(cache.current())).isEqualTo(FILES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.oci.image.layer.v1.tar+gzip",
                "application/vnd.docker.image.rootfs.diff.tar.gzip"
            })
    void unpacksTheLayersOfAnImageThatIsInAnIndex(String mediaType) throws Exception {
        // Given
        registry.imageLayer(mediaType, Packed.tarGz(Map.of("darcy/1/a.onnx", "one")));
        registry.imageLayer(mediaType, Packed.tarGz(Map.of("darcy/1/surrogate.json", "{}")));
        registry.index("latest", registry.tag("arm"));

        // When
        renew(registry.address(":latest"), NOBODY);

        // Then
        assertThat(Packed.unpacked(cache.current())).isEqualTo(FILES);
    }

    @Test
    void fetchesATagAgainWhenItIsAnothers() throws Exception {
        // Given
        registry.folder(Packed.tarGz(FILES)).tag("v1");
        renew(registry.address(":v1"), NOBODY);
        renew(registry.address(":v1"), NOBODY);
        assertThat(server.asked()).hasSize(3);
        registry.file("darcy/2/a.onnx", "two").tag("v1");

        // When
        renew(registry.address(":v1"), NOBODY);

        // Then
        assertThat(Packed.unpacked(cache.current())).hasSize(3).containsEntry("darcy/2/a.onnx", "two");
    }

    @Test
    void asksForADigestOnce() throws Exception {
        // Given
        String digest = registry.folder(Packed.tarGz(FILES)).tag("v1");
        renew(registry.address("@" + digest), NOBODY);
        int asked = server.asked().size();

        // When
        renew(registry.address("@" + digest), NOBODY);

        // Then
        assertThat(server.asked()).hasSize(asked);
        assertThat(Packed.unpacked(cache.current())).isEqualTo(FILES);
    }

    @Test
    void refusesAManifestOfAnotherDigest() {
        // Given
        String digest = registry.folder(Packed.tarGz(FILES)).tag("v1");
        server.on("/v2/lab/darcy/manifests/" + digest, Reply.of("{}"));

        // When, Then
        assertThatThrownBy(() -> renew(registry.address("@" + digest), NOBODY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("what came has SHA-256");
    }

    @Test
    void refusesAManifestOfAnotherDigestThanItsIndexHas() {
        // Given
        String digest = registry.folder(Packed.tarGz(FILES)).tag("arm");
        registry.index("latest", digest);
        registry.file("darcy/2/a.onnx", "two").tag("other");
        server.on("/v2/lab/darcy/manifests/" + digest, server.reply("/v2/lab/darcy/manifests/other"));

        // When, Then
        assertThatThrownBy(() -> renew(registry.address(":latest"), NOBODY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("what came has SHA-256");
    }

    @Test
    void refusesALayerOfAnotherDigest() {
        // Given
        byte[] layer = Packed.tarGz(FILES);
        registry.folder(layer).tag("v1");
        layer[layer.length - 1]++;

        // When, Then
        assertThatThrownBy(() -> renew(registry.address(":v1"), NOBODY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("what came has SHA-256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:../../../x", "sha256:12", "md5:900150983cd24fb0d6963f7d28e17f72"})
    void refusesALayerWhoseDigestIsNone(String digest) {
        // Given
        server.on("/v2/lab/darcy/manifests/v1", Reply.of("""
                {"layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": "%s", "size": 1}]}""".formatted(digest)));

        // When, Then
        assertThatThrownBy(() -> renew(registry.address(":v1"), NOBODY))
                .isInstanceOf(IOException.class)
                .hasMessage("'%s' is no SHA-256".formatted(digest));
    }

    @Test
    void refusesATitleThatIsNotBelowTheFolder() {
        // Given
        registry.file("../../a.onnx", "one").tag("v1");

        // When, Then
        assertThatThrownBy(() -> renew(registry.address(":v1"), NOBODY))
                .hasMessageContaining("which is no name below a folder");
    }

    @Test
    void refusesMoreThanIsAllowedBeforeItIsFetched() {
        // Given
        registry.imageLayer("application/vnd.oci.image.layer.v1.tar", new byte[6000]);
        registry.imageLayer("application/vnd.oci.image.layer.v1.tar", new byte[6001])
                .tag("v1");

        // When, Then
        assertThatThrownBy(() -> renew(registry.address(":v1"), NOBODY))
                .hasMessage("its layers have more than the 10000 bytes that are allowed");
    }

    @Test
    void refusesALayerThatUnpacksToMoreThanIsAllowed() {
        // Given
        registry.folder(Packed.tarGz(Map.of("a", "0".repeat(10_001)))).tag("v1");

        // When, Then
        assertThatThrownBy(() -> renew(registry.address(":v1"), NOBODY))
                .hasMessage("it holds more than the 10000 bytes that are allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, its layers have more than the 10000 bytes that are allowed",
        "11, more than the 11 bytes that are allowed came"
    })
    void refusesALayerOfAnotherSize(int size, String expected) {
        // Given
        byte[] layer = new byte[12];
        registry.imageLayer("application/vnd.oci.image.layer.v1.tar", layer);
        server.on("/v2/lab/darcy/manifests/v1", Reply.of("""
                {"layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": "sha256:%s", "size": %d}]}""".formatted(Sha256.of(layer), size)));

        // When, Then
        assertThatThrownBy(() -> renew(registry.address(":v1"), NOBODY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void getsATokenWithItsCredentials() throws Exception {
        // Given a registry that wants a token, as Docker's token authentication has it; dTpw is u:p
        registry.folder(Packed.tarGz(FILES)).tag("v1");
        Reply manifest = server.reply("/v2/lab/darcy/manifests/v1");
        String challenge = "Bearer realm=\"%s\",service=\"lab\",scope=\"repository:lab/darcy:pull\""
                .formatted(server.uri("/token"));
        server.on(
                "/v2/lab/darcy/manifests/v1",
                exchange -> "Bearer abc".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                        ? manifest
                        : FakeRegistry.unauthorised(challenge));
        server.on(
                "/token",
                exchange -> "Basic dTpw".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                        ? Reply.of("{\"token\": \"abc\"}")
                        : FakeRegistry.unauthorised("Basic"));

        // When
        renew(registry.address(":v1"), Optional.of(new Credentials("u", "p")));

        // Then
        assertThat(Packed.unpacked(cache.current())).isEqualTo(FILES);
        assertThat(server.asked()).contains("/token?service=lab&scope=repository%3Alab%2Fdarcy%3Apull");
        assertThatThrownBy(() -> renew(registry.address(":v1"), NOBODY))
                .hasMessage("no token was given: the answer was 401");
    }

    @Test
    void givesItsPasswordWhereThatIsAskedFor() throws Exception {
        // Given
        registry.folder(Packed.tarGz(FILES)).tag("v1");
        Reply manifest = server.reply("/v2/lab/darcy/manifests/v1");
        server.on(
                "/v2/lab/darcy/manifests/v1",
                exchange -> "Basic dTpw".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                        ? manifest
                        : FakeRegistry.unauthorised("Basic realm=\"lab\""));

        // When
        renew(registry.address(":v1"), Optional.of(new Credentials("u", "p")));

        // Then
        assertThat(Packed.unpacked(cache.current())).isEqualTo(FILES);
        assertThatThrownBy(() -> renew(registry.address(":v1"), NOBODY))
                .hasMessage("the answer was 401, and there are no credentials");
    }

    @ParameterizedTest
    @CsvSource({
        "oci://host/lab/darcy:v1, https://host/lab/darcy:v1",
        "oci+http://host:5000/darcy:v1, http://host:5000/darcy:v1",
        "oci://host/darcy@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,"
                + " https://host/darcy@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    })
    void readsAddresses(String address, String expected) {
        // When, Then
        assertThat(OciReference.parse(address)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"oci://host/lab/darcy", "oci://u:p@host/darcy:v1", "oci://host/a@sha256:12", "https://h/a:b"})
    void refusesWhatIsNoAddress(String address) {
        // When, Then
        assertThatThrownBy(() -> OciReference.parse(address)).isInstanceOf(IllegalArgumentException.class);
    }

    private void renew(String address, Optional<Credentials> credentials) throws IOException, InterruptedException {
        Optional<Offer> offer = new OciArtifact(address, credentials, LIMITS).look(cache.revision());
        if (offer.isPresent()) {
            cache.replace(offer.get());
        }
    }
}
