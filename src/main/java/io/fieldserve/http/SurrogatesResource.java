package io.fieldserve.http;

import io.fieldserve.prediction.Catalogue;
import io.fieldserve.repository.SurrogateVersion;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is served. */
@Path("/v1/surrogates")
@Tag(name = "Surrogates")
@Produces(MediaType.APPLICATION_JSON)
public final class SurrogatesResource {

    private final Catalogue catalogue;

    @Inject
    public SurrogatesResource(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GET
    @Operation(operationId = "listSurrogates", summary = "What is served, and what failed verification")
    @APIResponse(
            responseCode = "200",
            description = "The index.",
            content = @Content(schema = @Schema(implementation = SurrogateList.class)))
    @APIResponse(responseCode = "503", description = "The surrogates are still being verified.")
    public SurrogateList list() {
        return SurrogateList.of(catalogue.index());
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "describeSurrogate", summary = "The newest version of a surrogate")
    @APIResponse(
            responseCode = "200",
            description = "The version.",
            content = @Content(schema = @Schema(implementation = SurrogateDescription.class)))
    @APIResponse(responseCode = "404", description = "There is no such surrogate.")
    @APIResponse(responseCode = "503", description = "The surrogates are still being verified.")
    public SurrogateDescription describe(@PathParam("name") String name) {
        return description(name, Optional.empty());
    }

    @GET
    @Path("/{name}/versions/{version}")
    @Operation(operationId = "describeVersion", summary = "One version of a surrogate")
    @APIResponse(
            responseCode = "200",
            description = "The version.",
            content = @Content(schema = @Schema(implementation = SurrogateDescription.class)))
    @APIResponse(responseCode = "404", description = "There is no such surrogate or version.")
    @APIResponse(responseCode = "503", description = "The surrogates are still being verified.")
    public SurrogateDescription describeVersion(
            @PathParam("name") String name,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1")) @PathParam("version")
                    String version) {
        return description(name, Optional.of(version));
    }

    private SurrogateDescription description(String name, Optional<String> version) {
        SurrogateVersion found = catalogue.find(name, version);
        return new SurrogateDescription(
                catalogue.versions(name),
                found.ensemble().executionProvider(),
                found.ensemble().remarks(),
                found.manifest());
    }
}
