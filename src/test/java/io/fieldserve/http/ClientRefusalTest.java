package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.clients.ClientLimits;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.wire.LimitedClients;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.fieldserve.wire.Wire;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that asks for more than its share is refused, over every protocol, and others are not. */
@QuarkusTest
@TestProfile(LimitedClients.class)
class ClientRefusalTest extends ServiceTest {

    private static final byte[] BODY = TestArrays.npy(TestArrays.permeability(64, 64));
    private static final String SIZES = "/umbridge/InputSizes";
    private static final String ADDRESS = "X-Forwarded-For";

    @Inject
    ClientLimits clients;

    @Inject
    AdmissionGate gate;

    @Inject
    SlabPool slabs;

    @AfterEach
    void nothingIsHeld() {
        Awaitility.await().untilAsserted(() -> {
            assertThat(clients.clientsInFlight()).isZero();
            assertThat(gate.requests()).isZero();
            assertThat(slabs.outstandingSlabs()).isZero();
        });
    }

    @Test
    void refusesARequestTooManyOfOneClient() throws IOException {
        // Given two requests that were taken on, as they are asked for their bodies, which they keep back
        try (Wire first = open("192.0.2.1");
                Wire second = open("192.0.2.1")) {

            // When
            HttpResponse<byte[]> third = predict("192.0.2.1", NPY, BODY);
            HttpResponse<byte[]> other = predict("192.0.2.2", NPY, BODY);

            // Then
            JsonNode problem = problem(third, 429);
            assertThat(problem.get("type").asText()).isEqualTo("urn:fieldserve:problem:client-requests");
            assertThat(third.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(other.statusCode()).isEqualTo(200);
            for (Wire wire : new Wire[] {first, second}) {
                wire.send(BODY);
                assertThat(wire.reply().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void refusesMoreThanTheRateOverEveryProtocol() {
        // Given a client that has asked as often as it may, whatever came of it
        IntStream.range(0, LimitedClients.BURST)
                .forEach(i -> assertThat(predict("192.0.2.3", NPY, new byte[1]).statusCode())
                        .isEqualTo(400));

        // When
        HttpResponse<byte[]> own = predict("192.0.2.3", NPY, BODY);
        HttpResponse<byte[]> inference = from("192.0.2.3", "/v2/models/darcy-fno/infer");
        HttpResponse<byte[]> sampling = from("192.0.2.3", "/umbridge/Evaluate");
        HttpResponse<byte[]> sizes = from("192.0.2.3", SIZES);
        HttpResponse<byte[]> other = predict("192.0.2.4", NPY, BODY);

        // Then
        assertThat(problem(own, 429).get("type").asText()).isEqualTo("urn:fieldserve:problem:client-rate");
        assertThat(json(inference).get("error").asText()).startsWith("This client asks more often than it may");
        assertThat(json(sampling).get("error").get("message").asText())
                .startsWith("This client asks more often than it may");
        assertThat(Stream.of(own, inference, sampling)).allSatisfy(refused -> {
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(50L, 100L);
        });
        // Reading is not limited, nor are others.
        assertThat(sizes.statusCode()).isEqualTo(200);
        assertThat(other.statusCode()).isEqualTo(200);
    }

    @Test
    void givesTheClientsPlaceBackOnEveryPath() throws IOException {
        // Given
        byte[] truncated = Arrays.copyOf(BODY, BODY.length - 1);

        // When
        int binary = predict("192.0.2.5", NPZ, BODY).statusCode();
        int text = predict("192.0.2.5", JSON, BODY).statusCode();
        int refused = predict("192.0.2.5", NPY, truncated).statusCode();
        open("192.0.2.5").close();
        Wire leaving = open("192.0.2.5");
        leaving.send(BODY);
        leaving.close();

        // Then
        assertThat(new int[] {binary, text, refused}).containsExactly(200, 200, 400);
        nothingIsHeld();
    }

    @Test
    void takesJsonThatNestsAsDeepAsConfigured() {
        // Given a member that is not looked at, within an object
        String lists = "{\"name\": \"darcy-fno\", \"unknown\": %s%s}";

        // When
        int fitting =
                post(SIZES, lists.formatted("[".repeat(15), "]".repeat(15))).statusCode();
        HttpResponse<byte[]> deeper = post(SIZES, lists.formatted("[".repeat(16), "]".repeat(16)));

        // Then
        assertThat(fitting).isEqualTo(200);
        assertThat(deeper.statusCode()).isEqualTo(400);
        assertThat(json(deeper).at("/error/message").asText()).contains("nesting too deep");
    }

    private static HttpResponse<byte[]> post(String path, String body) {
        return post(path, JSON, JSON, BodyPublishers.ofString(body));
    }

    private static Wire open(String address) throws IOException {
        Wire wire = new Wire();
        wire.head("", NPY, NPY, ADDRESS + ": " + address, "Content-Length: " + BODY.length, "Expect: 100-continue");
        assertThat(wire.interim()).isEqualTo("HTTP/1.1 100 Continue");
        return wire;
    }

    private static HttpResponse<byte[]> predict(String address, String accept, byte[] body) {
        return send(request(PREDICT_DARCY)
                .header("Content-Type", NPY)
                .header("Accept", accept)
                .header(ADDRESS, address)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static HttpResponse<byte[]> from(String address, String path) {
        return send(request(path)
                .header("Content-Type", JSON)
                .header(ADDRESS, address)
                .POST(BodyPublishers.ofString("{\"name\": \"darcy-fno\"}")));
    }
}
