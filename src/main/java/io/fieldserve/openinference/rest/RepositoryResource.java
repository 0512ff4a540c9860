package io.fieldserve.openinference.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldserve.codec.Json;
import io.fieldserve.codec.JsonTokens;
import io.fieldserve.openinference.Parameters;
import io.fieldserve.openinference.RepositoryControl;
import io.fieldserve.openinference.RepositoryModel;
import io.fieldserve.prediction.Catalogue;
import io.fieldserve.prediction.Failure;
import io.fieldserve.wire.Entrance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The repository: what was found in it, whether it is served, and loading and unloading. */
@Path("/v2/repository")
@Singleton
public final class RepositoryResource {

    private final Catalogue catalogue;
    private final RepositoryControl control;
    private final Entrance entrance;
    private final Json json;

    @Inject
    RepositoryResource(Catalogue catalogue, RepositoryControl control, Entrance entrance, Json json) {
        this.catalogue = catalogue;
        this.control = control;
        this.entrance = entrance;
        this.json = json;
    }

    @POST
    @Path("/index")
    @RunOnVirtualThread
    public Response index(@Context HttpHeaders headers, @Context RoutingContext exchange) {
        Options options = options(headers, exchange);
        return JsonReply.of(RepositoryModel.of(catalogue.index(), options.ready()));
    }

    /** On a thread of its own kind: opening sessions would hold up virtual ones. */
    @POST
    @Path("/models/{model}/load")
    public Response load(
            @PathParam("model") String model, @Context HttpHeaders headers, @Context RoutingContext exchange) {
        control.load(model, options(headers, exchange).parameters().values().keySet());
        return JsonReply.of(Map.of());
    }

    @POST
    @Path("/models/{model}/unload")
    public Response unload(
            @PathParam("model") String model, @Context HttpHeaders headers, @Context RoutingContext exchange) {
        options(headers, exchange);
        control.unload(model);
        return JsonReply.of(Map.of());
    }

    /** What a body says: which versions to list, and the parameters of a call. An empty one says nothing. */
    private record Options(boolean ready, Parameters parameters) {}

    private Options options(HttpHeaders headers, RoutingContext exchange) {
        return entrance.read(headers, exchange, (bytes, length) -> options(bytes));
    }

    private Options options(InputStream body) {
        boolean ready = false;
        Parameters parameters = Parameters.NONE;
        try (JsonParser parser = json.parser(body)) {
            if (parser.nextToken() == null) {
                return new Options(ready, parameters);
            }
            ScalarReader scalars = new ScalarReader(parser);
            scalars.requireObject("the body");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                if (scalars.isNull()) {
                    continue;
                }
                switch (key) {
                    case "ready" -> ready = scalars.flag(key);
                    case "parameters" -> parameters = scalars.parameters();
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new Failure.MalformedBody("", "nothing after the JSON object", JsonTokens.describe(parser))
                        .asException();
            }
            return new Options(ready, parameters);
        } catch (IOException e) {
            throw Json.failure(e);
        }
    }
}
