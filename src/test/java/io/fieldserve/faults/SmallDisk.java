package io.fieldserve.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk in memory that is soon full. Needs the right to mount one. */
final class SmallDisk {

    private SmallDisk() {}

    /** Mounts one of that many bytes until the scenario ends, which is skipped, and says so, where that can't be done. */
    static Path of(FaultScenario scenario, int bytes) throws IOException, InterruptedException {
        Path disk = Files.createDirectory(scenario.folder.resolve("disk"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", disk.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (mount.waitFor() != 0) {
            scenario.say("skipped, as no disk can be mounted: " + said.strip());
        }
        assumeTrue(mount.exitValue() == 0, "a disk can be mounted");
        scenario.own(() -> unmount(disk));
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
