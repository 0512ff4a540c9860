package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.http.OneRequest;
import io.fieldserve.wire.TestArrays;
import io.fieldserve.wire.Wire;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A service that is at its limit says so at once, and when to come again. */
@QuarkusTest
@TestProfile(OneRequest.class)
class GrpcOverloadTest extends GrpcTest {

    @Test
    void refusesOneRequestTooMany() throws IOException {
        // Given a request over HTTP that was taken on, as it is asked for its body, which it keeps back
        byte[] body = TestArrays.npy(TestArrays.permeability(64, 64));
        try (Wire first = new Wire()) {
            first.head("", NPY, NPY, "Content-Length: " + body.length, "Expect: 100-continue");
            assertThat(first.interim()).isEqualTo("HTTP/1.1 100 Continue");

            // When
            StatusRuntimeException refusal = catchThrowableOfType(
                    StatusRuntimeException.class, () -> service().modelInfer(darcy().build()));

            // Then
            assertThat(refusal.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
            assertThat(refusal.getStatus().getDescription()).startsWith("The service is at its limit");
            assertThat(refusal.getTrailers()
                            .get(Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER)))
                    .matches("[0-9]+");
            first.send(body);
            assertThat(first.reply().status()).isEqualTo(200);
        }
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> service().modelInfer(darcy().build()).getOutputsCount() == 2);
    }
}
