package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.fieldserve.openinference.grpc.proto.OpenInference.DataType;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelConfig;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelConfigRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelMetadataRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelMetadataResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelMetadataResponse.TensorMetadata;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelReadyRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelStatistics;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelStatisticsRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryIndexRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryModelLoadRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryModelUnloadRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerLiveRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerMetadataRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerMetadataResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerReadyRequest;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service says of itself, its models and its health. */
@QuarkusTest
class GrpcDescriptionsTest extends GrpcTest {

    @Test
    void isLiveAndReady() {
        // When, Then
        assertThat(service().serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                .isTrue();
        assertThat(service()
                        .serverReady(ServerReadyRequest.getDefaultInstance())
                        .getReady())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"darcy-fno, '', true", "darcy-fno, 1, true", "darcy-fno, 2, false", "nothing, '', false"})
    void isReadyForWhatItServes(String model, String version, boolean ready) {
        // When
        boolean answer = service()
                .modelReady(ModelReadyRequest.newBuilder()
                        .setName(model)
                        .setVersion(version)
                        .build())
                .getReady();

        // Then
        assertThat(answer).isEqualTo(ready);
    }

    @Test
    void tellsOfTheServerAsRestDoes() {
        // When
        ServerMetadataResponse server = service().serverMetadata(ServerMetadataRequest.getDefaultInstance());

        // Then
        JsonNode rest = json(get("/v2", JSON));
        assertThat(server.getName()).isEqualTo("fieldserve");
        assertThat(server.getVersion()).isEqualTo(rest.get("version").asText());
        assertThat(server.getExtensionsList())
                .containsExactlyElementsOf(rest.get("extensions")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList());
    }

    @Test
    void tellsOfAModelsTensors() {
        // When
        ModelMetadataResponse model = service()
                .modelMetadata(ModelMetadataRequest.newBuilder().setName(DARCY).build());

        // Then
        assertThat(model.getPlatform()).isEqualTo("onnx_onnxv1");
        assertThat(model.getVersionsList()).containsExactly("1");
        assertThat(model.getInputsList())
                .extracting(TensorMetadata::getName, TensorMetadata::getDatatype, TensorMetadata::getShapeList)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("permeability", "FP32", List.of(-1L, 1L, -1L, -1L)));
        assertThat(model.getOutputsList())
                .extracting(TensorMetadata::getName)
                .containsExactly("pressure", "pressure.std", "pressure.lower", "pressure.upper", "pressure.members");
        assertThat(model.getOutputs(4).getShapeList()).containsExactly(5L, -1L, 1L, -1L, -1L);
    }

    @Test
    void tellsOfAModelsConfiguration() {
        // When
        ModelConfig model = service()
                .modelConfig(ModelConfigRequest.newBuilder()
                        .setName(DARCY)
                        .setVersion("1")
                        .build())
                .getConfig();

        // Then
        assertThat(model.getBackend()).isEqualTo("onnxruntime");
        assertThat(model.getMaxBatchSize()).isEqualTo(256);
        assertThat(model.getInput(0).getDataType()).isEqualTo(DataType.TYPE_FP32);
        assertThat(model.getInput(0).getDimsList()).containsExactly(1L, -1L, -1L);
    }

    @Test
    void countsInferences() {
        // Given
        ModelStatistics before = statistics();

        // When
        service().modelInfer(darcy().build());

        // Then
        ModelStatistics after = statistics();
        assertThat(after.getVersion()).isEqualTo("1");
        assertThat(after.getInferenceCount()).isEqualTo(before.getInferenceCount() + 1);
        assertThat(after.getInferenceStats().getSuccess().getCount())
                .isEqualTo(before.getInferenceStats().getSuccess().getCount() + 1);
        assertThat(after.getLastInference()).isPositive();
        assertThat(after.getBatchStats(0).getBatchSize()).isEqualTo(1);
    }

    private ModelStatistics statistics() {
        return service()
                .modelStatistics(
                        ModelStatisticsRequest.newBuilder().setName(DARCY).build())
                .getModelStats(0);
    }

    @Test
    void countsForAllModels() {
        // When
        List<ModelStatistics> all = service()
                .modelStatistics(ModelStatisticsRequest.getDefaultInstance())
                .getModelStatsList();

        // Then
        assertThat(all).extracting(ModelStatistics::getName).containsExactly("burgers-fno", DARCY);
    }

    @Test
    void listsTheRepository() {
        // When
        var models = service()
                .repositoryIndex(
                        RepositoryIndexRequest.newBuilder().setReady(true).build())
                .getModelsList();

        // Then
        assertThat(models)
                .extracting(model -> model.getName() + "/" + model.getVersion() + " " + model.getState())
                .containsExactly("burgers-fno/1 READY", "darcy-fno/1 READY");
    }

    @Test
    void doesNotLoadUnlessConfiguredTo() {
        // When
        Status load = statusOf(() -> service()
                .repositoryModelLoad(RepositoryModelLoadRequest.newBuilder()
                        .setModelName(DARCY)
                        .build()));
        Status unload = statusOf(() -> service()
                .repositoryModelUnload(RepositoryModelUnloadRequest.newBuilder()
                        .setModelName(DARCY)
                        .build()));

        // Then
        assertThat(List.of(load, unload)).allSatisfy(status -> {
            assertThat(status.getCode()).isEqualTo(Code.PERMISSION_DENIED);
            assertThat(status.getDescription()).contains("fieldserve.repository.control=true");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "inference.GRPCInferenceService"})
    void isHealthy(String service) {
        // When
        HealthCheckResponse health = HealthGrpc.newBlockingStub(channel()).check(of(service));

        // Then
        assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void knowsNoHealthOfOtherServices() {
        // When
        Status status = statusOf(() -> HealthGrpc.newBlockingStub(channel()).check(of("nothing")));

        // Then
        assertThat(status.getCode()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void tellsThoseWhoWatchAtOnce() {
        // When
        Iterator<HealthCheckResponse> known =
                HealthGrpc.newBlockingStub(channel()).watch(of(""));
        Iterator<HealthCheckResponse> unknown =
                HealthGrpc.newBlockingStub(channel()).watch(of("nothing"));

        // Then
        assertThat(known.next().getStatus()).isEqualTo(ServingStatus.SERVING);
        assertThat(unknown.next().getStatusValue()).isEqualTo(3);
    }

    private static HealthCheckRequest of(String service) {
        return HealthCheckRequest.newBuilder().setService(service).build();
    }

    @Test
    void tellsToolsWhatItOffers() {
        // Given
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> asking = ServerReflectionGrpc.newStub(channel())
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });

        // When
        asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

        // Then
        ServerReflectionResponse listed = answer.orTimeout(1, TimeUnit.MINUTES).join();
        asking.onCompleted();
        assertThat(listed.getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains("inference.GRPCInferenceService", "grpc.health.v1.Health");
    }

    private static Status statusOf(ThrowingCallable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call).getStatus();
    }
}
