package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is refused over gRPC is counted with what is refused over HTTP. */
@QuarkusTest
class GrpcCountsTest extends GrpcTest {

    private static final Pattern UNKNOWN =
            Pattern.compile("fieldserve_problems_total\\{type=\"unknown-surrogate\",?} ([0-9.]+)");

    @Test
    void countsWhatIsRefused() {
        // Given
        ModelInferRequest request = darcy().setModelName("stokes").build();
        double before = unknown();

        // When
        StatusRuntimeException refusal = catchThrowableOfType(
                StatusRuntimeException.class, () -> service().modelInfer(request));

        // Then
        assertThat(refusal.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
        assertThat(unknown() - before).isEqualTo(1);
    }

    private static double unknown() {
        String scrape = new String(get("/q/metrics", "text/plain").body(), StandardCharsets.UTF_8);
        Matcher count = UNKNOWN.matcher(scrape);
        return count.find() ? Double.parseDouble(count.group(1)) : 0;
    }
}
