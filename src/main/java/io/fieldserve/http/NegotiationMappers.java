package io.fieldserve.http;

import io.fieldserve.wire.Problem;
import io.fieldserve.wire.ProblemListener;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Says which formats there are where a caller sends, or asks for, another. */
final class NegotiationMappers {

    private static final String FORMATS = Arrays.stream(BodyFormat.values())
            .map(format -> format.mediaType().toString())
            .collect(Collectors.joining(", "));

    private final List<ProblemListener> listeners;

    @Inject
    NegotiationMappers(@All List<ProblemListener> listeners) {
        this.listeners = listeners;
    }

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

    private Problem negotiation(int status, String kind, String header, ContainerRequestContext request) {
        String actual = Optional.ofNullable(request.getHeaderString(header)).orElse("none");
        Problem problem = Problem.negotiation(status, kind, header, FORMATS, actual);
        listeners.forEach(listener -> listener.replying(problem));
        return problem;
    }
}
