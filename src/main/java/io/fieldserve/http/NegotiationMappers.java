package io.fieldserve.http;

import io.fieldserve.wire.Problem;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Says which formats there are where a caller sends, or asks for, another. */
final class NegotiationMappers {

    private static final String FORMATS = Arrays.stream(BodyFormat.values())
            .map(format -> format.mediaType().toString())
            .collect(Collectors.joining(", "));

    @ServerExceptionMapper
    Response unsupported(NotSupportedException exception, ContainerRequestContext request) {
        return negotiation(415, "unsupported-media-type", HttpHeaders.CONTENT_TYPE, request)
                .reply()
                .header(HttpHeaders.ACCEPT, FORMATS)
                .build();
    }

    @ServerExceptionMapper
    Response notAcceptable(NotAcceptableException exception, ContainerRequestContext request) {
        return negotiation(406, "not-acceptable", HttpHeaders.ACCEPT, request)
                .reply()
                .build();
    }

    private static Problem negotiation(int status, String kind, String header, ContainerRequestContext request) {
        String actual = Optional.ofNullable(request.getHeaderString(header)).orElse("none");
        return Problem.negotiation(status, kind, header, FORMATS, actual);
    }
}
