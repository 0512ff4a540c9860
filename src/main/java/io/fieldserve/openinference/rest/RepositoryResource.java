package io.fieldserve.openinference.rest;

import com.fasterxml.jackson.core.JsonParser;
import io.fieldserve.codec.Json;
import io.fieldserve.openinference.Parameters;
import io.fieldserve.openinference.RepositoryModel;
import io.fieldserve.prediction.Catalogue;
import io.fieldserve.prediction.Failure;
import io.fieldserve.wire.BodyLimit;
import io.fieldserve.wire.RequestContent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** The repository: what was found in it, and whether it is served. */
@Path("/v2/repository")
@Singleton
public final class RepositoryResource {

    private final Catalogue catalogue;
    private final BodyLimit bodyLimit;

    @Inject
    RepositoryResource(Catalogue catalogue, BodyLimit bodyLimit) {
        this.catalogue = catalogue;
        this.bodyLimit = bodyLimit;
    }

    @POST
    @Path("/index")
    @RunOnVirtualThread
    public Response index(@Context HttpHeaders headers, @Context RoutingContext exchange) {
        RequestContent content = new RequestContent(headers, bodyLimit);
        content.bytes();
        Parameters options = content.decode(exchange, (bytes, length) -> options(bytes));
        return JsonReply.of(RepositoryModel.of(catalogue.index(), options.flag("ready", false)));
    }

    /** The members of the one object that the body is; an empty body has none. */
    private static Parameters options(InputStream body) {
        try (JsonParser parser = Json.parser(body)) {
            if (parser.nextToken() == null) {
                return Parameters.NONE;
            }
            Parameters options = new ScalarReader(parser).parameters();
            if (parser.nextToken() != null) {
                throw new Failure.MalformedBody("", "nothing after the JSON object", "more").asException();
            }
            return options;
        } catch (IOException e) {
            throw Json.failure(e);
        }
    }
}
