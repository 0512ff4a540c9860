package io.fieldserve.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.packaged.ServiceProcess;
import io.fieldserve.source.CrookedServer;
import io.fieldserve.source.CrookedServer.End;
import io.fieldserve.source.Packed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An archive can't be fetched. What was fetched before is served until it can. */
class SourceFaultIT extends FaultScenario {

    private static final int PER_SECOND = 30;
    /** Sources are left alone for some polls after failures. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int DISK = 256 << 10;

    /** Less than what {@link #second} takes, and more than its beginning. */
    private static final int LITTLE_ROOM = 16 << 10;

    private byte[] first;
    private byte[] second;
    private CrookedServer server;
    private ServiceProcess service;
    private SteadyLoad load;

    @BeforeEach
    void packVersions() throws IOException {
        Path staging = folder.resolve("staging");
        Path version = Lines.write(staging, 1);
        first = Packed.tarGz(staging);
        delete(version);
        version = Lines.write(staging, 2);
        byte[] noise = new byte[2 * LITTLE_ROOM];
        new Random(1).nextBytes(noise);
        Files.write(version.resolve("noise"), noise);
        second = Packed.tarGz(staging);
    }

    @Test
    void whatWasFetchedIsServedUntilTheSourceIsWell() throws IOException {
        // Given
        Path cache = folder.resolve("cache");
        fetchFirst(cache);
        byte[] half = Arrays.copyOf(second, second.length / 2);
        byte[] less = Arrays.copyOf(second, second.length - 1);
        byte[] other = second.clone();
        other[second.length / 2] ^= 1;

        // When, Then
        send(second.length, half, End.SAYS_NOTHING_MORE);
        startForSecond();
        goesOnDespite("nothing came for 1.0 s");
        send(second.length, half, End.RESETS);
        goesOnDespite("bytes received: " + half.length);
        assertThat(service.log()).contains("Connection reset");
        send(second.length + 1, second, End.HANGS_UP);
        goesOnDespite("bytes received: " + second.length);
        send(second.length - 1, second, End.HANGS_UP);
        goesOnDespite("what came has SHA-256 " + sha256(less));
        send(other.length, other, End.HANGS_UP);
        goesOnDespite("what came has SHA-256 " + sha256(other));
        send(second.length, second, End.HANGS_UP);
        secondReplacesFirst(cache);
    }

    @Test
    void aDownloadThatFillsTheDiskGoesAndComesWhole() throws Exception {
        // Given
        Path disk = SmallDisk.of(this, DISK);
        Path cache = disk.resolve("cache");
        fetchFirst(cache);
        send(second.length, second, End.HANGS_UP);
        long free = Files.getFileStore(disk).getUsableSpace();
        Path filler = Files.write(disk.resolve("filler"), new byte[Math.toIntExact(free) - LITTLE_ROOM]);

        // When, Then
        startForSecond();
        goesOnDespite("No space left on device");
        Awaitility.await().until(() -> Files.getFileStore(disk).getUsableSpace() == LITTLE_ROOM);
        Files.delete(filler);
        secondReplacesFirst(cache);
    }

    /** Fetches the first archive as an earlier start would have. */
    private void fetchFirst(Path cache) throws IOException {
        server = new CrookedServer(head(first.length), first, End.HANGS_UP);
        own(() -> {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        service = service()
                .with("-Dfieldserve.repository.cache=" + cache)
                .with("-Dfieldserve.repository.poll=200ms")
                .with("-Dfieldserve.repository.sources.lab.url=" + server.uri("/lines.tgz"))
                .with("-Dfieldserve.repository.sources.lab.stall-timeout=1s")
                .with("-Dfieldserve.repository.sources.lab.sha256=" + sha256(first))
                .start();
        service.stop();
    }

    private void startForSecond() {
        service.with("-Dfieldserve.repository.sources.lab.sha256=" + sha256(second))
                .start();
        load = load(service, PER_SECOND, Lines.questions());
    }

    private void send(int length, byte[] body, End end) {
        server.answer(head(length), body, end);
    }

    private static String head(int length) {
        return "HTTP/1.1 200 OK\nContent-Length: %d\nConnection: close\n\n".formatted(length);
    }

    /** Once the log says that this is wrong with the source, the service is ready, and serves the first version alone. */
    private void goesOnDespite(String trouble) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service.log()).contains(trouble));
        assertThat(text("/q/health/ready")).contains("\"source.lab\": \"not renewed: ");
        load.awaitRight(scaled(PER_SECOND));
        assertThat(service.readiness()).isEqualTo(200);
        assertThat(text("/v1/surrogates/" + Lines.NAME)).contains("\"version\":1");
    }

    /** By polling, without a restart; nothing of what came before is left, whole or not. */
    private void secondReplacesFirst(Path cache) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(text("/v1/surrogates/" + Lines.NAME)).contains("\"version\":2"));
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(names(cache.resolve("lab"))).containsExactlyInAnyOrder("current", sha256(second)));
        assertThat(text("/q/health/ready")).contains("\"source.lab\": \"renewed\"");
        load.awaitRight(PER_SECOND);
        endWell(load, service);
    }

    private String text(String path) {
        return new String(service.get(path).body(), StandardCharsets.UTF_8);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
