package io.fieldserve.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.fieldserve.packaged.ServiceProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients who vanish, trickle, or connect and say nothing, beside others who want answers. */
class ClientsFaultIT extends FaultScenario {

    private static final int PER_SECOND = 30;
    private static final String PREDICT = Lines.NAME + "/predict?shape=128,16,32";
    private static final byte[] BODY = new byte[Float.BYTES * 128 * 16 * 32];

    private static final int HALF_OPEN = 10_000;

    /** Of what the test process and the service keep open besides. */
    private static final int OTHER_FILES = 1000;

    private ServiceProcess service;
    private SteadyLoad load;

    @BeforeEach
    void startService() {
        Lines.write(root, 1);
        service = service()
                .with("-Dfieldserve.connections.head-time=4s")
                .with("-Dfieldserve.limits.body-time=4s")
                .start();
        load = load(service, PER_SECOND, Lines.questions());
    }

    @Test
    void thoseWhoVanishLeaveNothingBehind() throws IOException {
        // Given that the service knows what their requests take, by one of someone who waits
        assertThat(service.post("/v1/surrogates/" + PREDICT, Floats.TYPE, BODY).statusCode())
                .isEqualTo(200);

        // When
        for (int round = 0; round < scaled(25); round++) {
            try (RawClient inTheHead = RawClient.of(service);
                    RawClient inTheBody = RawClient.of(service);
                    RawClient beforeTheReply = RawClient.of(service);
                    RawClient inTheReply = RawClient.of(service)) {
                inTheHead.send(RawClient.head(PREDICT, BODY.length).substring(0, 60));
                inTheBody.send(RawClient.head(PREDICT, BODY.length));
                inTheBody.send(new byte[BODY.length / 2]);
                beforeTheReply.send(RawClient.head(PREDICT, BODY.length));
                beforeTheReply.send(BODY);
                inTheReply.send(RawClient.head(PREDICT, BODY.length));
                inTheReply.send(BODY);
                Awaitility.await().until(() -> inTheReply.received().startsWith("HTTP/1.1 200 "));
            }
        }

        // Then
        load.awaitRight(PER_SECOND);
        endWell(load, service);
    }

    @Test
    void thoseWhoTrickleAreCutOff() throws IOException {
        // Given
        List<RawClient> heads = connect(50, "POST /v1/surrogates/affine/predict HTTP/1.1\r\nHost: localhost\r\nX: ");
        List<RawClient> bodies = connect(50, RawClient.head(PREDICT, BODY.length));

        // When each sends a byte now and then, which is never silence
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> heads.stream()
                        .filter(client -> client.send("x") && client.received() != null)
                        .toList()
                        .isEmpty());
        List<String> replies = new ArrayList<>();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    bodies.forEach(client -> client.send("x"));
                    bodies.stream()
                            .map(RawClient::received)
                            .filter(came -> came != null && !came.isEmpty())
                            .forEach(replies::add);
                    return replies.size() >= bodies.size();
                });

        // Then
        assertThat(replies).allSatisfy(reply -> assertThat(reply).startsWith("HTTP/1.1 408 "));
        load.awaitRight(PER_SECOND);
        endWell(load, service);
    }

    @Test
    void tenThousandWhoSayNothingKeepNobodyOut() throws IOException {
        // Given
        long files =
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getMaxFileDescriptorCount();
        int count = (int) Math.min(HALF_OPEN, files - OTHER_FILES);
        if (count < HALF_OPEN) {
            say("%d half-open connections instead of %d, as a process may open %d files"
                    .formatted(count, HALF_OPEN, files));
        }

        // When half of them send nothing, and half a part of a head
        List<RawClient> silent = connect(count / 2, "");
        List<RawClient> halfway = connect(count / 2, "GET /v1/surrogates HTTP/1.1\r\nHost: loc");

        // Then
        load.awaitRight(scaled(2 * PER_SECOND));
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> silent.stream().noneMatch(client -> client.received() != null)
                        && halfway.stream().noneMatch(client -> client.received() != null));
        load.awaitRight(PER_SECOND);
        endWell(load, service);
    }

    private List<RawClient> connect(int count, String beginning) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawClient client = RawClient.of(service);
            own(client::close);
            clients.add(client);
            client.send(beginning);
        }
        return clients;
    }
}
