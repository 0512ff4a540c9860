package io.fieldserve.openinference.grpc;

import io.fieldserve.openinference.ModelConfiguration;
import io.fieldserve.openinference.ModelConfiguration.TensorConfiguration;
import io.fieldserve.openinference.ModelMetadata;
import io.fieldserve.openinference.ModelStatistics;
import io.fieldserve.openinference.ModelStatistics.BatchStatistics;
import io.fieldserve.openinference.ModelStatistics.InferenceStatistics;
import io.fieldserve.openinference.ModelStatistics.Spent;
import io.fieldserve.openinference.RepositoryModel;
import io.fieldserve.openinference.grpc.proto.OpenInference.DataType;
import io.fieldserve.openinference.grpc.proto.OpenInference.InferBatchStatistics;
import io.fieldserve.openinference.grpc.proto.OpenInference.InferStatistics;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelConfig;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInput;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelMetadataResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelMetadataResponse.TensorMetadata;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelOutput;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryIndexResponse.ModelIndex;
import io.fieldserve.openinference.grpc.proto.OpenInference.StatisticDuration;

/** What is said of models, as messages. */
final class ModelMessages {

    private ModelMessages() {}

    static ModelMetadataResponse metadata(ModelMetadata model) {
        return ModelMetadataResponse.newBuilder()
                .setName(model.name())
                .addAllVersions(model.versions())
                .setPlatform(model.platform())
                .addAllInputs(model.inputs().stream().map(ModelMessages::tensor).toList())
                .addAllOutputs(
                        model.outputs().stream().map(ModelMessages::tensor).toList())
                .build();
    }

    private static TensorMetadata tensor(ModelMetadata.TensorMetadata tensor) {
        return TensorMetadata.newBuilder()
                .setName(tensor.name())
                .setDatatype(tensor.datatype())
                .addAllShape(tensor.shape())
                .build();
    }

    static ModelConfig configuration(ModelConfiguration model) {
        return ModelConfig.newBuilder()
                .setName(model.name())
                .setPlatform(model.platform())
                .setBackend(model.backend())
                .setMaxBatchSize((int) model.maxBatchSize())
                .addAllInput(model.input().stream().map(ModelMessages::input).toList())
                .addAllOutput(model.output().stream().map(ModelMessages::output).toList())
                .build();
    }

    private static ModelInput input(TensorConfiguration tensor) {
        return ModelInput.newBuilder()
                .setName(tensor.name())
                .setDataType(DataType.valueOf(tensor.dataType()))
                .addAllDims(tensor.dims())
                .build();
    }

    private static ModelOutput output(TensorConfiguration tensor) {
        return ModelOutput.newBuilder()
                .setName(tensor.name())
                .setDataType(DataType.valueOf(tensor.dataType()))
                .addAllDims(tensor.dims())
                .build();
    }

    static io.fieldserve.openinference.grpc.proto.OpenInference.ModelStatistics statistics(ModelStatistics model) {
        return io.fieldserve.openinference.grpc.proto.OpenInference.ModelStatistics.newBuilder()
                .setName(model.name())
                .setVersion(model.version())
                .setLastInference(model.lastInference())
                .setInferenceCount(model.inferenceCount())
                .setExecutionCount(model.executionCount())
                .setInferenceStats(inferences(model.inferenceStats()))
                .addAllBatchStats(
                        model.batchStats().stream().map(ModelMessages::batches).toList())
                .build();
    }

    private static InferStatistics inferences(InferenceStatistics statistics) {
        return InferStatistics.newBuilder()
                .setSuccess(spent(statistics.success()))
                .setFail(spent(statistics.fail()))
                .setQueue(spent(statistics.queue()))
                .setComputeInput(spent(statistics.computeInput()))
                .setComputeInfer(spent(statistics.computeInfer()))
                .setComputeOutput(spent(statistics.computeOutput()))
                .setCacheHit(spent(statistics.cacheHit()))
                .setCacheMiss(spent(statistics.cacheMiss()))
                .build();
    }

    private static InferBatchStatistics batches(BatchStatistics statistics) {
        return InferBatchStatistics.newBuilder()
                .setBatchSize(statistics.batchSize())
                .setComputeInput(spent(statistics.computeInput()))
                .setComputeInfer(spent(statistics.computeInfer()))
                .setComputeOutput(spent(statistics.computeOutput()))
                .build();
    }

    private static StatisticDuration spent(Spent spent) {
        return StatisticDuration.newBuilder()
                .setCount(spent.count())
                .setNs(spent.ns())
                .build();
    }

    static ModelIndex index(RepositoryModel model) {
        return ModelIndex.newBuilder()
                .setName(model.name())
                .setVersion(model.version())
                .setState(model.state())
                .setReason(model.reason())
                .build();
    }
}
