package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.openinference.grpc.proto.OpenInference.ModelReadyRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelRepositoryParameter;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryIndexRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryModelLoadRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryModelUnloadRequest;
import io.fieldserve.openinference.rest.ControlledRepository;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loading and unloading, by messages in the layouts of both Triton and KServe. */
@QuarkusTest
@TestProfile(ControlledRepository.class)
class GrpcRepositoryTest extends GrpcTest {

    @AfterEach
    void loadAgain() {
        load("", DARCY);
    }

    @ParameterizedTest
    @CsvSource({"'', darcy-fno", "all, darcy-fno", "darcy-fno, ''"})
    void unloadsAndLoads(String first, String second) {
        // When
        unload(first, second);

        // Then
        assertThat(isReady()).isFalse();
        assertThat(refusal(darcy().build()).getCode()).isEqualTo(Code.NOT_FOUND);
        assertThat(service()
                        .repositoryIndex(RepositoryIndexRequest.getDefaultInstance())
                        .getModelsList())
                .anySatisfy(model -> {
                    assertThat(model.getName()).isEqualTo(DARCY);
                    assertThat(model.getState()).isEqualTo("UNAVAILABLE");
                    assertThat(model.getReason()).isEqualTo("unloaded");
                });

        // And back again
        load(first, second);
        assertThat(isReady()).isTrue();
        assertThat(service().modelInfer(darcy().build()).getOutputsCount()).isEqualTo(2);
    }

    @Test
    void refusesWhatIsNotThere() {
        // When
        Status status = statusOfLoading(
                RepositoryModelLoadRequest.newBuilder().setModelName("stokes").build());

        // Then
        assertThat(status.getCode()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void refusesModelsInTheRequest() {
        // When
        Status status = statusOfLoading(RepositoryModelLoadRequest.newBuilder()
                .setModelName(DARCY)
                .putParameters("file:1/model.onnx", ModelRepositoryParameter.getDefaultInstance())
                .build());

        // Then
        assertThat(status.getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains("'file:1/model.onnx'");
    }

    private Status statusOfLoading(RepositoryModelLoadRequest request) {
        return catchThrowableOfType(
                        StatusRuntimeException.class, () -> service().repositoryModelLoad(request))
                .getStatus();
    }

    private boolean isReady() {
        return service()
                .modelReady(ModelReadyRequest.newBuilder().setName(DARCY).build())
                .getReady();
    }

    private void load(String first, String second) {
        var _ = service()
                .repositoryModelLoad(RepositoryModelLoadRequest.newBuilder()
                        .setRepositoryName(first)
                        .setModelName(second)
                        .build());
    }

    private void unload(String first, String second) {
        var _ = service()
                .repositoryModelUnload(RepositoryModelUnloadRequest.newBuilder()
                        .setRepositoryName(first)
                        .setModelName(second)
                        .build());
    }
}
