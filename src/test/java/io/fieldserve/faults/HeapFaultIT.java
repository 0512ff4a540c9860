package io.fieldserve.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldserve.packaged.ServiceProcess;
import io.fieldserve.repository.PlainFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** More is asked at a time than the heap could hold. */
class HeapFaultIT extends FaultScenario {

    private static final int PER_SECOND = 20;

    /** Grid points: as many as a request may bring. */
    private static final int POINTS = 512 * 512;

    @Test
    void bodiesTakeNoHeap() throws IOException {
        // Given requests of 6 MB each, more of them at a time than the heap has room for
        Lines.write(root, 1);
        PlainFolder.write(root, "dynamic", "1", "dynamic");
        ServiceProcess service = service().with("-Xmx48m").start();
        SteadyLoad others = load(service, PER_SECOND, Lines.questions());
        others.allow("429 overloaded");
        Question large = new Large();
        SteadyLoad larger = load(service, 4, List.of(large, large, large, large, large, large, large, new Larger()));
        larger.allow("429 overloaded", "413 too-large", Outcomes.NO_CONNECTION);

        // When
        others.awaitRight(scaled(20 * PER_SECOND));

        // Then
        say("the large ones: " + larger.stop());
        assertThat(larger.outcomes().of(Outcomes.RIGHT)).isPositive();
        assertThat(service.log()).doesNotContain("OutOfMemoryError");
        endWell(others, service);
    }

    /** The largest grid, in JSON both ways, of numbers with more digits than they need. */
    private static final class Large implements Question {

        private static final ObjectMapper MAPPER = new ObjectMapper();
        private static final byte[] BODY = "{\"inputs\":{\"input.1\":{\"shape\":[512,512],\"data\":[%s]}}}"
                .formatted(String.join(",", Collections.nCopies(POINTS, "1.50000000000000000000")))
                .getBytes(StandardCharsets.US_ASCII);

        @Override
        public HttpRequest.Builder ask(ServiceProcess service) {
            return service.request("/v1/surrogates/dynamic/predict?arrays=flat")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(BODY));
        }

        @Override
        public void check(HttpResponse<byte[]> reply) {
            try {
                JsonNode mean = MAPPER.readTree(reply.body()).at("/outputs/x:0/flat/mean");
                long right = mean.valueStream()
                        .filter(number -> number.floatValue() == 4)
                        .count();
                assertThat(right).isEqualTo(POINTS);
                assertThat(mean.size()).isEqualTo(POINTS);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** More than a body may have; a client that is still sending when it is refused may miss the reply. */
    private static final class Larger implements Question {

        private static final byte[] BODY = new byte[(64 << 20) + 1];

        @Override
        public HttpRequest.Builder ask(ServiceProcess service) {
            return service.request("/v1/surrogates/dynamic/predict?shape=512,512")
                    .header("Content-Type", Floats.TYPE)
                    .POST(BodyPublishers.ofByteArray(BODY));
        }

        @Override
        public void check(HttpResponse<byte[]> reply) {
            throw new AssertionError("it was taken for an input");
        }
    }
}
