package io.fieldserve.http;

import io.fieldserve.prediction.Catalogue;
import io.fieldserve.repository.RepositoryIndex;
import io.fieldserve.repository.SurrogateVersion;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** What is served. */
@Path("/v1/surrogates")
@Produces(MediaType.APPLICATION_JSON)
public final class SurrogatesResource {

    private final Catalogue catalogue;

    @Inject
    public SurrogatesResource(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GET
    public SurrogateList list() {
        RepositoryIndex index = catalogue.index();
        return SurrogateList.of(index);
    }

    @GET
    @Path("/{name}")
    public SurrogateDescription describe(@PathParam("name") String name) {
        return description(name, Optional.empty());
    }

    @GET
    @Path("/{name}/versions/{version}")
    public SurrogateDescription describeVersion(@PathParam("name") String name, @PathParam("version") String version) {
        return description(name, Optional.of(version));
    }

    private SurrogateDescription description(String name, Optional<String> version) {
        SurrogateVersion found = catalogue.find(name, version);
        return new SurrogateDescription(
                catalogue.versions(name), found.ensemble().executionProvider(), found.manifest());
    }
}
