package io.fieldserve.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.packaged.ServiceProcess;
import java.io.IOException;
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
        Path cache = SmallDisk.of(this, ROOM);
        Path filler = Files.write(cache.resolve("filler"), new byte[ROOM]);
        ServiceProcess service =
                service().with("-Dfieldserve.execution.cache=" + cache).start();
        SteadyLoad load = load(service, PER_SECOND, Lines.questions());

        // When
        load.awaitRight(scaled(3 * PER_SECOND));

        // Then
        assertThat(service.log()).contains("can't be kept in " + cache);
        assertThat(files(cache)).containsExactly(filler);
        // Quarkus says 503, and nothing else, in the last moments of a stop.
        load.allow(Outcomes.NO_CONNECTION, "503 unavailable", "503 without a type");
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
}
