package io.fieldserve.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.faults.Lines.Damage;
import io.fieldserve.packaged.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Versions come and go once a second, and every other one is corrupt. */
class ReloadFaultIT extends FaultScenario {

    private static final int PER_SECOND = 30;

    private static final List<Damage> DAMAGES = List.of(Damage.values());

    private ServiceProcess service;

    /** How the service learns of a change. */
    enum Notice {
        TOLD("-Dfieldserve.repository.control=true"),
        POLLED("-Dfieldserve.repository.poll=100ms");

        private final String option;

        Notice(String option) {
            this.option = option;
        }
    }

    @ParameterizedTest(name = "noRequestNoticesThatVersionsChange({0})")
    @EnumSource
    void noRequestNoticesThatVersionsChange(Notice notice) throws IOException {
        // Given
        int served = 1;
        Lines.write(root, served);
        service = service().with(notice.option).start();
        SteadyLoad load = load(service, PER_SECOND, Lines.questions());

        // When
        for (int version = 2; version <= scaled(30); version++) {
            boolean sound = version % 2 == 0;
            place(version, sound);
            if (sound) {
                remove(served);
                served = version;
            }
            if (notice == Notice.TOLD) {
                reload();
            }
            String state = "\"%s/%d\": \"%s".formatted(Lines.NAME, version, sound ? "served" : "rejected");
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(text(service.get("/q/health/ready"))).contains(state));
            load.awaitRight(PER_SECOND);
            if (!sound) {
                assertThat(described()).as(damage(version).name()).contains("\"version\":" + served);
                remove(version);
            }
        }

        // Then
        assertThat(service.log()).contains("manifest says", "can't be opened", "golden case: mean differs");
        endWell(load, service);
    }

    /** Has a version appear at once. */
    private void place(int version, boolean sound) throws IOException {
        Path staging = folder.resolve("staging");
        if (sound) {
            Lines.write(staging, version);
        } else {
            damage(version).write(staging, version);
        }
        Path made = Path.of(Lines.NAME, Integer.toString(version));
        Files.move(staging.resolve(made), root.resolve(made));
    }

    /** Has a version disappear at once. */
    private void remove(int version) throws IOException {
        Path gone = folder.resolve("gone");
        Files.move(root.resolve(Lines.NAME).resolve(Integer.toString(version)), gone);
        delete(gone);
    }

    private static Damage damage(int version) {
        return DAMAGES.get(version / 2 % DAMAGES.size());
    }

    private void reload() {
        HttpResponse<byte[]> reply =
                service.post("/v2/repository/models/" + Lines.NAME + "/load", "application/json", new byte[0]);
        assertThat(reply.statusCode()).as(() -> text(reply)).isEqualTo(200);
    }

    private String described() {
        return text(service.get("/v1/surrogates/" + Lines.NAME));
    }

    private static String text(HttpResponse<byte[]> reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }
}
