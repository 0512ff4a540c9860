package io.fieldserve.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.wire.LogListener;
import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The access log has a line for each request, and in it nothing that could be a secret. */
@QuarkusTest
@TestProfile(AccessLogged.class)
class AccessLogTest extends ServiceTest {

    private static final String LOG = "io.quarkus.http.access-log";

    private LogListener log;

    @BeforeEach
    void listen() {
        log = LogListener.to(LOG, Level.ALL);
    }

    @AfterEach
    void listenNoMore() {
        log.close();
    }

    @Test
    void saysWhatWasAskedButNoSecret() {
        // When
        send(request(PREDICT_DARCY + "?key=sesame")
                .header("Authorization", "Bearer sesame")
                .header("X-Api-Key", "sesame")
                .POST(BodyPublishers.ofString("sesame")));

        // Then
        Awaitility.await().until(() -> !log.lines().isEmpty());
        assertThat(log.lines())
                .singleElement()
                .asString()
                .matches("127\\.0\\.0\\.1 - POST /v1/surrogates/darcy-fno/predict 4\\d\\d \\d+ bytes \\d+ ms");
    }

    @Test
    void leavesOutWhoeverWatches() {
        // Given
        get("/q/metrics", "text/plain");
        get("/q/health/live", JSON);

        // When
        get("/v1/surrogates", JSON);

        // Then
        Awaitility.await().until(() -> !log.lines().isEmpty());
        assertThat(log.lines()).singleElement().asString().contains(" GET /v1/surrogates 200 ");
    }
}
