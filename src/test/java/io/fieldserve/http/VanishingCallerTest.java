package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.wire.LogListener;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.fieldserve.wire.Wire;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller who goes away leaves nothing behind, whenever it is. */
@QuarkusTest
class VanishingCallerTest extends ServiceTest {

    @Inject
    SlabPool slabs;

    @Inject
    AdmissionGate gate;

    private LogListener log;

    @BeforeEach
    void nobodyElseIsThere() {
        awaitNothingHeld();
        log = LogListener.to("io.fieldserve.wire", Level.ALL);
    }

    @AfterEach
    void isNoFaultOfTheService() {
        log.close();
        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {NPY, JSON})
    void inTheMiddleOfABody(String contentType) throws IOException {
        // Given a body whose half was taken in
        byte[] body = contentType.equals(NPY)
                ? TestArrays.npy(TestArrays.permeability(256, 256))
                : ("{\"inputs\":{\"permeability\":[" + ("[" + "3,12,".repeat(31) + "3,12],").repeat(64))
                        .getBytes(StandardCharsets.US_ASCII);
        Wire wire = new Wire();
        wire.head("", contentType, JSON, "Content-Length: " + body.length);
        wire.send(Arrays.copyOf(body, body.length / 2));
        Awaitility.await().until(() -> gate.requests() == 1 && slabs.outstandingSlabs() > 0);

        // When
        wire.close();

        // Then
        awaitNothingHeld();
    }

    @ParameterizedTest
    @CsvSource({NPZ + ", 1", JSON + ", 1", NPZ + ", 40000", JSON + ", 4000000"})
    void inTheMiddleOfAnAnswer(String accept, int read) throws IOException {
        // Given an answer of many megabytes, which waits for the caller to read on
        byte[] body = TestArrays.npy(TestArrays.permeability(512, 512));
        Wire wire = new Wire();
        wire.head("?outputs=mean,std,members", NPY, accept, "Content-Length: " + body.length);
        wire.send(body);
        assertThat(wire.line()).isEqualTo("HTTP/1.1 200 OK");
        wire.skip(read);
        assertThat(gate.requests()).isEqualTo(1);
        assertThat(slabs.outstandingSlabs()).isPositive();

        // When
        wire.close();

        // Then
        awaitNothingHeld();
    }

    @Test
    void beforeSendingABodyThatWasAskedFor() throws IOException {
        // Given
        Wire wire = new Wire();
        wire.head("", NPY, NPY, "Content-Length: 1000", "Expect: 100-continue");
        wire.interim();
        assertThat(gate.requests()).isEqualTo(1);

        // When
        wire.close();

        // Then
        awaitNothingHeld();
    }

    private void awaitNothingHeld() {
        Awaitility.await().until(() -> gate.requests() == 0 && gate.bytes() == 0 && slabs.outstandingSlabs() == 0);
    }
}
