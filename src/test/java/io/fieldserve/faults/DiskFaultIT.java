package io.fieldserve.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldserve.packaged.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No space is left on a disk. Needs the right to mount one. */
class DiskFaultIT extends FaultScenario {

    private static final int PER_SECOND = 30;
    private static final int ROOM = 64 << 10;

    @Test
    void aCacheWithoutRoomCostsNothingButTime() throws Exception {
        // Given
        Lines.write(root, 1);
        Path cache = smallDisk();
        Path filler = Files.write(cache.resolve("filler"), new byte[ROOM]);
        ServiceProcess service =
                service().with("-Dfieldserve.execution.cache=" + cache).start();
        SteadyLoad load = load(service, PER_SECOND, Lines.questions());

        // When
        load.awaitRight(scaled(3 * PER_SECOND));

        // Then
        assertThat(service.log()).contains("can't be kept in " + cache);
        assertThat(files(cache)).containsExactly(filler);
        load.allow(Outcomes.NO_CONNECTION, "503 unavailable");
        Files.delete(filler);
        service.stop();
        service.start();
        load.awaitRight(PER_SECOND);
        assertThat(files(cache)).hasSize(3);
        endWell(load, service);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** A disk of {@value #ROOM} bytes in memory; the test is skipped, and says so, where it can't be had. */
    private Path smallDisk() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + ROOM, "tmpfs", disk.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (mount.waitFor() != 0) {
            say("skipped, as no disk can be mounted: " + said.strip());
        }
        assumeTrue(mount.exitValue() == 0, "a disk can be mounted");
        own(() -> unmount(disk));
        return disk;
    }

    private static void unmount(Path disk) {
        try {
            assertThat(new ProcessBuilder("umount", disk.toString()).start().waitFor())
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
