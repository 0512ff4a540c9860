package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.batching.Batcher;
import io.fieldserve.batching.Gate;
import io.fieldserve.batching.Size;
import io.fieldserve.batching.TestLane;
import io.fieldserve.batching.Ticket;
import io.fieldserve.batching.Urgency;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.fieldserve.wire.Wire;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes while every thread that could run it is busy. */
@QuarkusTest
class CrowdTest extends ServiceTest {

    private static final byte[] BODY = TestArrays.npy(TestArrays.permeability(64, 64));

    @Inject
    Batcher batcher;

    @Inject
    AdmissionGate gate;

    @Inject
    SlabPool slabs;

    private final List<Gate> busy = new ArrayList<>();
    private final List<Ticket<String, String>> held = new ArrayList<>();

    @BeforeEach
    void everyThreadIsBusy() {
        Awaitility.await().until(() -> gate.requests() == 0);
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Gate thread = new Gate();
            held.add(batcher.submit(TestLane.held(thread), "held", new Size(1, 1), Urgency.none()));
            thread.awaitArrival();
            busy.add(thread);
        }
    }

    @AfterEach
    void release() {
        busy.forEach(Gate::open);
        held.forEach(Ticket::await);
    }

    @Test
    void isAnsweredTogether() throws Exception {
        // Given three alike, each of which changes the work that waits
        List<FutureTask<HttpResponse<byte[]>>> replies = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Duration before = batcher.backlog();
            replies.add(start());
            Awaitility.await().until(() -> !batcher.backlog().equals(before));
        }

        // When
        busy.forEach(Gate::open);

        // Then
        byte[] first = replies.getFirst().get().body();
        for (FutureTask<HttpResponse<byte[]>> reply : replies) {
            assertThat(reply.get().headers().firstValue("Server-Timing").orElseThrow())
                    .contains("batch;desc=3");
            assertThat(reply.get().body()).isEqualTo(first);
        }
    }

    @Test
    void isForgottenWhenItsCallerGoes() throws IOException {
        // Given
        Wire wire = new Wire();
        wire.head("", NPY, NPY, "Content-Length: " + BODY.length);
        wire.send(BODY);
        Awaitility.await().until(() -> batcher.backlog().isPositive());

        // When
        wire.close();

        // Then: although every thread is still busy
        Awaitility.await().until(() -> batcher.backlog().isZero());
        Awaitility.await().until(() -> gate.requests() == 0 && slabs.outstandingSlabs() == 0);
    }

    @Test
    void isForgottenWhenItsTimeIsOver() {
        // When
        HttpResponse<byte[]> response = post(PREDICT_DARCY + "?timeout=0.05", NPY, NPY, BODY);

        // Then: although every thread is still busy
        assertThat(problem(response, 504).get("detail").asText()).isEqualTo("The deadline passed after 50 ms.");
        assertThat(batcher.backlog()).isZero();
        Awaitility.await().until(() -> gate.requests() == 0 && slabs.outstandingSlabs() == 0);
    }

    private static FutureTask<HttpResponse<byte[]>> start() {
        FutureTask<HttpResponse<byte[]>> reply = new FutureTask<>(() -> post(PREDICT_DARCY, NPY, NPY, BODY));
        Thread.ofVirtual().start(reply);
        return reply;
    }
}
