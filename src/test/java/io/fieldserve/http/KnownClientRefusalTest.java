package io.fieldserve.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.clients.ClientLimits;
import io.fieldserve.server.security.Keys;
import io.fieldserve.wire.KnownClients;
import io.fieldserve.wire.LimitedClients;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A client that has a key is held to its limits by its name. */
@QuarkusTest
@TestProfile(KnownClients.class)
class KnownClientRefusalTest extends ServiceTest {

    private static final byte[] BODY = TestArrays.npy(TestArrays.permeability(64, 64));

    @Inject
    ClientLimits clients;

    @Test
    void knowsAClientByNameWhereverItAsksFrom() {
        // Given a client that has asked as often as it may, each time from another address
        for (int request = 0; request < LimitedClients.BURST; request++) {
            assertThat(predict(KnownClients.ALICE, "192.0.2." + request, new byte[1])
                            .statusCode())
                    .isEqualTo(400);
            Awaitility.await().until(() -> clients.clientsInFlight() == 0);
        }

        // When
        HttpResponse<byte[]> same = predict(KnownClients.ALICE, "192.0.2.101", BODY);
        HttpResponse<byte[]> other = predict(Keys.ADMIN, "192.0.2.101", BODY);

        // Then
        assertThat(problem(same, 429).get("type").asText()).isEqualTo("urn:fieldserve:problem:client-rate");
        assertThat(other.statusCode()).isEqualTo(200);
    }

    private static HttpResponse<byte[]> predict(String key, String address, byte[] body) {
        return send(request(PREDICT_DARCY)
                .header("Content-Type", NPY)
                .header("Accept", NPY)
                .header("X-API-Key", key)
                .header("X-Forwarded-For", address)
                .POST(BodyPublishers.ofByteArray(body)));
    }
}
