package io.fieldserve.openinference.rest;

import io.fieldserve.openinference.Readiness;
import io.fieldserve.openinference.ServerMetadata;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** The server: what it is, whether it is up. */
@Path("/v2")
@Singleton
public final class ServerResource {

    private final ServerMetadata metadata;
    private final Readiness readiness;

    @Inject
    ServerResource(ServerMetadata metadata, Readiness readiness) {
        this.metadata = metadata;
        this.readiness = readiness;
    }

    @GET
    public Response metadata() {
        return JsonReply.of(metadata);
    }

    @GET
    @Path("/health/live")
    public Response live() {
        return JsonReply.of(Map.of("live", true));
    }

    /** The protocol asks for a 4xx where it isn't ready. */
    @GET
    @Path("/health/ready")
    public Response ready() {
        boolean ready = readiness.ready();
        return JsonReply.of(ready ? 200 : 400, Map.of("ready", ready));
    }
}
