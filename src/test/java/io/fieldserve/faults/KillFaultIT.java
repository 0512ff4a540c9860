package io.fieldserve.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.packaged.ServiceProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The process is killed in the middle of its work, and started again. */
class KillFaultIT extends FaultScenario {

    private static final int PER_SECOND = 30;

    @Test
    void aKilledServiceIsThereAgainOnceItHasStarted() throws IOException {
        // Given
        Lines.write(root, 1);
        Path cache = Files.createDirectory(folder.resolve("cache"));
        ServiceProcess service =
                service().with("-Dfieldserve.execution.cache=" + cache).start();
        SteadyLoad load = load(service, PER_SECOND, Lines.questions());
        load.awaitRight(PER_SECOND);

        // When
        for (int round = 0; round < scaled(3); round++) {
            load.allow(Outcomes.NO_CONNECTION, "503 unavailable");
            service.kill();
            service.start();
            load.awaitRight(PER_SECOND);
            load.allow();
            load.awaitRight(PER_SECOND);
        }

        // Then
        assertThat(load.outcomes().of(Outcomes.NO_CONNECTION)).isPositive();
        endWell(load, service);
    }

    @Test
    void whatAKilledStartLeavesBehindIsInNobodysWay() throws IOException {
        // Given
        Lines.write(root, 1);
        Path cache = Files.createDirectory(folder.resolve("cache"));
        ServiceProcess service = service().with("-Dfieldserve.execution.cache=" + cache);

        // When it is killed as soon as it has begun to write, and what it wrote is damaged on top
        service.begin();
        Awaitility.await().until(() -> cache.toFile().list().length > 0);
        service.kill();
        for (File left : cache.toFile().listFiles()) {
            Files.write(left.toPath(), new byte[] {1, 2, 3});
        }
        service.start();

        // Then
        SteadyLoad load = load(service, PER_SECOND, Lines.questions());
        load.awaitRight(PER_SECOND);
        endWell(load, service);
    }
}
