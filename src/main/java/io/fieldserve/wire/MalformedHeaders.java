package io.fieldserve.wire;

import io.fieldserve.prediction.Failure;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses headers that can't be parsed, before the framework trips over them. */
final class MalformedHeaders {

    @ServerRequestFilter(preMatching = true)
    void check(ContainerRequestContext request) {
        check(HttpHeaders.ACCEPT, request, () -> request.getAcceptableMediaTypes());
        check(HttpHeaders.CONTENT_TYPE, request, () -> request.getMediaType());
    }

    private static void check(String name, ContainerRequestContext request, Runnable parse) {
        try {
            parse.run();
        } catch (RuntimeException e) {
            throw new Failure.InvalidParameter(name, "media types", "'" + request.getHeaderString(name) + "'")
                    .asException();
        }
    }
}
