package io.fieldserve.openinference.grpc;

import io.fieldserve.openinference.InferenceCounts;
import io.fieldserve.openinference.ModelConfiguration;
import io.fieldserve.openinference.ModelMetadata;
import io.fieldserve.openinference.Readiness;
import io.fieldserve.openinference.RepositoryModel;
import io.fieldserve.openinference.ServerMetadata;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelConfigRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelConfigResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelMetadataRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelMetadataResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelReadyRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelReadyResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelStatisticsRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelStatisticsResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryIndexRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.RepositoryIndexResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerMetadataResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ServerReadyResponse;
import io.fieldserve.prediction.Catalogue;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.RequestLimits;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.Manifest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.stream.Stream;

/** What is said of the server, its models and its repository. */
@ApplicationScoped
class Descriptions {

    private final ServerMetadata server;
    private final Readiness readiness;
    private final Catalogue catalogue;
    private final InferenceCounts counts;
    private final RequestLimits limits;

    @Inject
    Descriptions(
            ServerMetadata server,
            Readiness readiness,
            Catalogue catalogue,
            InferenceCounts counts,
            RequestLimits limits) {
        this.server = server;
        this.readiness = readiness;
        this.catalogue = catalogue;
        this.counts = counts;
        this.limits = limits;
    }

    /** Whether the service is to be sent requests. */
    boolean ready() {
        return readiness.ready();
    }

    ServerReadyResponse serverReady() {
        return ServerReadyResponse.newBuilder().setReady(ready()).build();
    }

    ServerMetadataResponse serverMetadata() {
        return ServerMetadataResponse.newBuilder()
                .setName(server.name())
                .setVersion(server.version())
                .addAllExtensions(server.extensions())
                .build();
    }

    /** What isn't served isn't ready, whether or not it is known: so says Triton over gRPC. */
    ModelReadyResponse modelReady(ModelReadyRequest request) {
        boolean ready;
        try {
            find(request.getName(), request.getVersion());
            ready = true;
        } catch (FailureException e) {
            ready = false;
        }
        return ModelReadyResponse.newBuilder().setReady(ready).build();
    }

    ModelMetadataResponse modelMetadata(ModelMetadataRequest request) {
        Manifest manifest = find(request.getName(), request.getVersion()).manifest();
        return ModelMessages.metadata(ModelMetadata.of(manifest, catalogue.versions(manifest.name())));
    }

    ModelConfigResponse modelConfig(ModelConfigRequest request) {
        Manifest manifest = find(request.getName(), request.getVersion()).manifest();
        return ModelConfigResponse.newBuilder()
                .setConfig(ModelMessages.configuration(ModelConfiguration.of(manifest, limits)))
                .build();
    }

    /** Of one version, of all versions of a model, or of all there are. */
    ModelStatisticsResponse modelStatistics(ModelStatisticsRequest request) {
        ModelStatisticsResponse.Builder response = ModelStatisticsResponse.newBuilder();
        versions(request)
                .map(version -> ModelMessages.statistics(counts.of(version.manifest())))
                .forEach(response::addModelStats);
        return response.build();
    }

    private Stream<SurrogateVersion> versions(ModelStatisticsRequest request) {
        String name = request.getName();
        if (name.isEmpty()) {
            return catalogue.index().versions();
        }
        SurrogateVersion found = find(name, request.getVersion());
        return request.getVersion().isEmpty()
                ? catalogue
                        .index()
                        .versions()
                        .filter(version -> version.manifest().name().equals(name))
                : Stream.of(found);
    }

    RepositoryIndexResponse repositoryIndex(RepositoryIndexRequest request) {
        RepositoryIndexResponse.Builder response = RepositoryIndexResponse.newBuilder();
        RepositoryModel.of(catalogue.index(), request.getReady()).stream()
                .map(ModelMessages::index)
                .forEach(response::addModels);
        return response.build();
    }

    private SurrogateVersion find(String name, String version) {
        return catalogue.find(name, Inference.version(version));
    }
}
