package io.fieldserve.openinference.rest;

import io.fieldserve.openinference.InferenceCounts;
import io.fieldserve.openinference.ModelConfiguration;
import io.fieldserve.openinference.ModelMetadata;
import io.fieldserve.openinference.ModelStatistics;
import io.fieldserve.prediction.Catalogue;
import io.fieldserve.prediction.RequestLimits;
import io.fieldserve.repository.RepositoryIndex;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.Manifest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is said of models: metadata, readiness, configuration and statistics, of the newest version or of one. */
@Path("/v2/models")
@Singleton
public final class ModelResource {

    private final Catalogue catalogue;
    private final InferenceCounts counts;
    private final RequestLimits limits;

    @Inject
    ModelResource(Catalogue catalogue, InferenceCounts counts, RequestLimits limits) {
        this.catalogue = catalogue;
        this.counts = counts;
        this.limits = limits;
    }

    @GET
    public Response models() {
        return JsonReply.of(
                Map.of("models", List.copyOf(catalogue.index().served().keySet())));
    }

    @GET
    @Path("/{model}")
    public Response metadata(@PathParam("model") String model) {
        return metadata(model, Optional.empty());
    }

    @GET
    @Path("/{model}/versions/{version}")
    public Response versionMetadata(@PathParam("model") String model, @PathParam("version") String version) {
        return metadata(model, Optional.of(version));
    }

    private Response metadata(String model, Optional<String> version) {
        Manifest manifest = catalogue.find(model, version).manifest();
        return JsonReply.of(ModelMetadata.of(manifest, catalogue.versions(model)));
    }

    @GET
    @Path("/{model}/ready")
    public Response ready(@PathParam("model") String model) {
        return ready(model, Optional.empty());
    }

    @GET
    @Path("/{model}/versions/{version}/ready")
    public Response versionReady(@PathParam("model") String model, @PathParam("version") String version) {
        return ready(model, Optional.of(version));
    }

    /** What was found but failed verification isn't ready, which the protocol says by a 4xx; the rest isn't known. */
    private Response ready(String model, Optional<String> version) {
        RepositoryIndex index = catalogue.index();
        boolean rejected = index.rejected().stream()
                .anyMatch(found -> found.surrogate().equals(model)
                        && version.map(found.version()::equals)
                                .orElse(!index.served().containsKey(model)));
        if (!rejected) {
            catalogue.find(model, version);
        }
        return JsonReply.of(rejected ? 400 : 200, Map.of("name", model, "ready", !rejected));
    }

    @GET
    @Path("/{model}/config")
    public Response configuration(@PathParam("model") String model) {
        return configuration(model, Optional.empty());
    }

    @GET
    @Path("/{model}/versions/{version}/config")
    public Response versionConfiguration(@PathParam("model") String model, @PathParam("version") String version) {
        return configuration(model, Optional.of(version));
    }

    private Response configuration(String model, Optional<String> version) {
        return JsonReply.of(ModelConfiguration.of(catalogue.find(model, version).manifest(), limits));
    }

    @GET
    @Path("/stats")
    public Response statistics() {
        return statistics(catalogue.index().versions());
    }

    @GET
    @Path("/{model}/stats")
    public Response statistics(@PathParam("model") String model) {
        catalogue.find(model, Optional.empty());
        return statistics(catalogue
                .index()
                .versions()
                .filter(version -> version.manifest().name().equals(model)));
    }

    @GET
    @Path("/{model}/versions/{version}/stats")
    public Response versionStatistics(@PathParam("model") String model, @PathParam("version") String version) {
        return statistics(Stream.of(catalogue.find(model, Optional.of(version))));
    }

    private Response statistics(Stream<SurrogateVersion> versions) {
        List<ModelStatistics> statistics =
                versions.map(version -> counts.of(version.manifest())).toList();
        return JsonReply.of(Map.of("model_stats", statistics));
    }
}
