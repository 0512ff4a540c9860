package io.fieldserve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.fieldserve.packaged.ServiceProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged service says when it can't start as configured. */
class StartupIT {

    @TempDir
    Path folder;

    @Test
    void aProviderThatIsNotToBeHadEndsTheStart() {
        // Given
        assumeFalse(
                OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA),
                "this build of ONNX Runtime has CUDA, so its absence can't be seen");

        // When
        Exit exit = start("-Dfieldserve.execution.providers=cuda");

        // Then
        assertThat(exit.status()).isEqualTo(1);
        assertThat(exit.output())
                .contains("Execution provider cuda is not available")
                .contains("fieldserve.execution.allow-fallback=true")
                .doesNotContain("\tat ");
    }

    @Test
    void aRepositoryThatIsNotThereEndsTheStart() {
        // When
        Exit exit = start("-Dfieldserve.repository.path=no/such/folder");

        // Then
        assertThat(exit.status()).isEqualTo(1);
        assertThat(exit.output())
                .contains("fieldserve.repository.path: there is no folder")
                .doesNotContain("\tat ");
    }

    @Test
    void aValueThatCannotBeReadEndsTheStart() {
        // When
        Exit exit = start("-Dfieldserve.limits.batch=many");

        // Then
        assertThat(exit.status()).isEqualTo(1);
        assertThat(exit.output()).contains("fieldserve.limits.batch", "many");
    }

    @Test
    void toBeReachableByOthersWithoutAuthenticationEndsTheStart() {
        // When
        Exit exit = start("-Dquarkus.grpc.server.host=0.0.0.0");

        // Then
        assertThat(exit.status()).isEqualTo(1);
        assertThat(exit.output())
                .contains("Other machines could call without authentication (quarkus.grpc.server.host=0.0.0.0)")
                .contains("fieldserve.security.open=true")
                .doesNotContain("\tat ", "Listening on", "gRPC on");
    }

    @Test
    void aKeyInPlaceOfItsHashEndsTheStartAndIsNotTold() {
        // When
        Exit exit = start("-Dfieldserve.security.keys.bob.sha256=sesame", "-Dfieldserve.security.keys.bob.roles=read");

        // Then
        assertThat(exit.status()).isEqualTo(1);
        assertThat(exit.output())
                .contains("fieldserve.security.keys.bob.sha256: expected the 64 hexadecimal digits of a SHA-256")
                .doesNotContain("sesame", "\tat ");
    }

    private record Exit(int status, String output) {}

    private Exit start(String... options) {
        try (ServiceProcess service = ServiceProcess.of(Path.of("models/repository"), folder.resolve("log"))) {
            List.of(options).forEach(service::with);
            service.begin();
            return new Exit(service.awaitEnd(), service.log());
        }
    }
}
