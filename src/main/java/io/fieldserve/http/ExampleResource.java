package io.fieldserve.http;

import io.fieldserve.prediction.Catalogue;
import io.fieldserve.prediction.ExampleCases;
import io.fieldserve.prediction.ExampleCases.Example;
import io.fieldserve.repository.SurrogateVersion;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/** Held-out cases to try a surrogate with. */
@ApplicationScoped
public class ExampleResource implements ExampleApi {

    private static final Set<String> PARAMETERS = Set.of("seed", "reference", "version", ReplyForm.PRECISION_PARAMETER);

    private final Catalogue catalogue;
    private final ExampleCases examples;

    @Inject
    public ExampleResource(Catalogue catalogue, ExampleCases examples) {
        this.catalogue = catalogue;
        this.examples = examples;
    }

    @Override
    @RunOnVirtualThread
    public Response example(String name, HttpHeaders headers, UriInfo uri, Request request, RoutingContext exchange) {
        QueryOptions query = new QueryOptions(uri.getQueryParameters(), PARAMETERS);
        long seed = query.parsed("seed", "a whole number", QueryOptions::wholeNumber)
                .orElse(0L);
        boolean reference = query.parsed("reference", "true or false", ExampleResource::truth)
                .orElse(false);
        ReplyForm form = ReplyForm.of(request, headers, query);
        SurrogateVersion version = catalogue.find(name, query.text("version"));
        Example example = examples.pick(version, seed, reference);
        try {
            return ExampleReplies.encode(exchange, example, form);
        } catch (RuntimeException | Error e) {
            example.close();
            throw e;
        }
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
