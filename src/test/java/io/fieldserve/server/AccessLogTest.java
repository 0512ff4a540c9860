package io.fieldserve.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The access log has a line for each request, and in it nothing that could be a secret. */
@QuarkusTest
@TestProfile(AccessLogged.class)
class AccessLogTest extends ServiceTest {

    private static final Logger LOG = Logger.getLogger("io.quarkus.http.access-log");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            lines.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(listener);
    }

    @Test
    void saysWhatWasAskedButNoSecret() {
        // When
        send(request(PREDICT_DARCY + "?key=sesame")
                .header("Authorization", "Bearer sesame")
                .header("X-Api-Key", "sesame")
                .POST(BodyPublishers.ofString("sesame")));

        // Then
        Awaitility.await().until(() -> !lines.isEmpty());
        assertThat(lines)
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
        Awaitility.await().until(() -> !lines.isEmpty());
        assertThat(lines).singleElement().asString().contains(" GET /v1/surrogates 200 ");
    }
}
