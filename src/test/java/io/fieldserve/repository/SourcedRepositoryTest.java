package io.fieldserve.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fieldserve.source.HttpArchive;
import io.fieldserve.source.Packed;
import io.fieldserve.source.Sources;
import io.fieldserve.source.TransferLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository of a folder and an archive that a real server gives, or doesn't. */
class SourcedRepositoryTest extends RepositoryTest {
    private static final TransferLimits LIMITS =
            new TransferLimits(1 << 20, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(20));

    @TempDir
    Path elsewhere;

    @TempDir
    Path cache;

    private byte[] archive;

    @BeforeEach
    void anArchiveOfBothSurrogates() throws IOException {
        TinyVersion.affine().writeTo(elsewhere);
        TinyVersion.pair().writeTo(elsewhere);
        archive = Packed.tarGz(elsewhere);
    }

    @Test
    void servesWhatComesFromASource() throws Exception {
        // Given
        HttpServer server = server();
        try (Sources sources = sources(server.getAddress().getPort())) {
            use(settings(sources));

            // When
            repository.load();
        } finally {
            server.stop(0);
        }

        // Then the folder's version comes before the archive's
        assertThat(repository.index().served()).containsOnlyKeys("affine", "pair");
        assertThat(repository.index().rejected())
                .containsExactly(new RejectedVersion(
                        "pair",
                        "1",
                        "%s has this version too, and comes before archive".formatted(root.getFileName())));
    }

    @Test
    void servesWhatWasFetchedBeforeWhereTheSourceIsGone() throws Exception {
        // Given
        HttpServer server = server();
        int port = server.getAddress().getPort();
        try (Sources sources = sources(port)) {
            sources.renew(true);
        } finally {
            server.stop(0);
        }
        try (Sources sources = sources(port)) {
            use(settings(sources));

            // When
            repository.load();
        }

        // Then
        assertThat(repository.index().latest("affine")).isPresent();
    }

    @Test
    void servesTheOthersWhereTheSourceWasNeverThere() throws Exception {
        // Given a port that was free a moment ago
        HttpServer server = server();
        server.stop(0);
        try (Sources sources = sources(server.getAddress().getPort())) {
            use(settings(sources));

            // When
            repository.load();

            // Then
            assertThat(sources.states().getFirst().trouble()).contains("it can't be reached");
        }
        assertThat(repository.index().served()).containsOnlyKeys("pair");
        assertThat(repository.index().complete()).isTrue();
    }

    private HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/models.tgz", exchange -> {
            exchange.sendResponseHeaders(200, archive.length);
            exchange.getResponseBody().write(archive);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Sources sources(int port) throws IOException, NoSuchAlgorithmException {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
        URI uri = URI.create("http://127.0.0.1:%d/models.tgz".formatted(port));
        return new Sources(cache, Map.of("archive", new HttpArchive(uri, sha256, Optional.empty(), LIMITS)));
    }

    private RepositorySettings settings(Sources sources) {
        return new RepositorySettings(
                List.of(Root.of(root), new Root("archive", sources.folders().get("archive"))),
                sources::renew,
                VersionPolicies.ALL,
                SignatureCheck.NONE);
    }
}
