package io.fieldserve.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** TLS, and callers who are known by their certificate. */
@QuarkusTest
@TestProfile(Guarded.class)
class CertificateAccessTest extends ServiceTest {

    @TestHTTPResource(value = "/v1/surrogates", tls = true)
    URI surrogates;

    @Test
    void aCertificateGivesTheRolesOfItsName() throws Exception {
        // Given
        SSLContext pipeline = Guarded.certificates().caller("pipeline");

        // When
        int read = status(pipeline, surrogates);
        int predict = status(pipeline, surrogates.resolve("/v2/models/darcy-fno/infer"));
        int load = status(pipeline, surrogates.resolve("/v2/repository/models/nobody/load"));

        // Then
        assertThat(read).isEqualTo(200);
        assertThat(predict).isEqualTo(400);
        assertThat(load).isEqualTo(403);
    }

    @Test
    void aNameWithoutRolesMayNothing() throws Exception {
        // When
        int status = status(Guarded.certificates().caller("visitor"), surrogates);

        // Then
        assertThat(status).isEqualTo(403);
    }

    @Test
    void whoPresentsNothingIsRefusedButMayProbe() throws Exception {
        // Given
        SSLContext anonymous = Guarded.certificates().anonymous();

        // When
        int read = status(anonymous, surrogates);
        int live = status(anonymous, surrogates.resolve("/q/health/live"));

        // Then
        assertThat(read).isEqualTo(401);
        assertThat(live).isEqualTo(200);
    }

    @Test
    void aForgedCertificateEndsTheConnection() {
        // Given
        SSLContext forger = Guarded.certificates().caller("forger");

        // When, Then
        assertThatThrownBy(() -> status(forger, surrogates.resolve("/q/health/live")))
                .isInstanceOf(IOException.class);
    }

    private static int status(SSLContext tls, URI address) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Content-Type", JSON);
        if (address.getPath().endsWith("infer") || address.getPath().endsWith("load")) {
            request.POST(BodyPublishers.ofString("{\"a\""));
        }
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }
}
