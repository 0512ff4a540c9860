package io.fieldserve.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldserve.packaged.ServiceProcess;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Somebody sets the time. Needs a C compiler, as the service's clock is moved by a library that is loaded before it. */
class ClockFaultIT extends FaultScenario {

    private static final int PER_SECOND = 30;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
    private static final int STAMP_LENGTH = "2026-01-01 00:00:00.000".length();

    private ServiceProcess service;

    @Test
    void nothingFollowsTheClockOnTheWall() throws IOException {
        // Given
        Path library = folder.resolve("stepped_clock.so");
        boolean compiled = compile(library);
        if (!compiled) {
            say("skipped, as there is no C compiler");
        }
        assumeTrue(compiled, "there is a C compiler");
        Path shift = folder.resolve("shift");
        step(shift, Duration.ZERO);
        Lines.write(root, 1);
        service = service()
                .environment("LD_PRELOAD", library.toString())
                .environment("STEPPED_CLOCK", shift.toString())
                .with("-Dquarkus.http.access-log.enabled=true")
                .with("-Dfieldserve.limits.timeout=20s")
                .start();
        SteadyLoad load = load(service, PER_SECOND, Lines.questions());

        // When
        for (Duration by : List.of(
                Duration.ofDays(3), Duration.ofDays(-3), Duration.ofDays(3650), Duration.ofHours(-1), Duration.ZERO)) {
            step(shift, by);
            Awaitility.await().until(() -> Math.abs(shown().minus(by).toMinutes()) < 5);
            load.awaitRight(scaled(PER_SECOND));
        }

        // Then
        endWell(load, service);
    }

    private static void step(Path shift, Duration by) throws IOException {
        ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        seconds.putLong(by.toSeconds()).flip();
        try (FileChannel file = FileChannel.open(shift, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(seconds);
        }
    }

    /** How far the service's clock is ahead of ours, by the last line of its log. */
    private Duration shown() {
        String last = service.log().lines().reduce((before, after) -> after).orElseThrow();
        return Duration.between(
                LocalDateTime.now(ZoneId.systemDefault()), LocalDateTime.parse(last.substring(0, STAMP_LENGTH), STAMP));
    }

    private static boolean compile(Path library) {
        try {
            Path source = Path.of(
                    ClockFaultIT.class.getResource("/faults/stepped_clock.c").toURI());
            return new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString())
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
