package io.fieldserve.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.faults.Lines.Damage;
import io.fieldserve.packaged.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Versions come and go once a second, and every other one is corrupt. */
class ReloadFaultIT extends FaultScenario {

    private static final int PER_SECOND = 30;

    private static final List<Damage> DAMAGES = List.of(Damage.values());

    private ServiceProcess service;

    @Test
    void noRequestNoticesThatVersionsChange() throws IOException {
        // Given
        int served = 1;
        Lines.write(root, served);
        service = service().with("-Dfieldserve.repository.control=true").start();
        SteadyLoad load = load(service, PER_SECOND, Lines.questions());

        // When
        for (int version = 2; version <= scaled(30); version++) {
            if (version % 2 == 0) {
                Lines.write(root, version);
                delete(root.resolve(Lines.NAME).resolve(Integer.toString(served)));
                served = version;
            } else {
                damage(version).write(root, version);
            }
            reload();
            load.awaitRight(PER_SECOND);
            if (version != served) {
                assertThat(described()).as(damage(version).name()).contains("\"version\":" + served);
                delete(root.resolve(Lines.NAME).resolve(Integer.toString(version)));
            }
        }

        // Then
        assertThat(service.log()).contains("manifest says", "can't be opened", "golden case: mean differs");
        endWell(load, service);
    }

    private static Damage damage(int version) {
        return DAMAGES.get(version / 2 % DAMAGES.size());
    }

    private void reload() {
        HttpResponse<byte[]> reply =
                service.post("/v2/repository/models/" + Lines.NAME + "/load", "application/json", new byte[0]);
        assertThat(reply.statusCode())
                .as(() -> new String(reply.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
    }

    private String described() {
        return new String(service.get("/v1/surrogates/" + Lines.NAME).body(), StandardCharsets.UTF_8);
    }
}
