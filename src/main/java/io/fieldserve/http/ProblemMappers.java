package io.fieldserve.http;

import io.fieldserve.batching.OverloadException;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.tensor.SlabLimitException;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every exception of a resource into a problem, those of the framework included. */
final class ProblemMappers {

    private static final System.Logger LOG = System.getLogger(ProblemMappers.class.getName());
    private static final String FORMATS = Arrays.stream(BodyFormat.values())
            .map(format -> format.mediaType().toString())
            .collect(Collectors.joining(", "));

    private static final String ENCODINGS = RequestBody.GZIP + ", identity";

    @ServerExceptionMapper
    Response failure(FailureException exception) {
        Failure failure = exception.failure();
        ResponseBuilder reply = reply(Problems.of(failure));
        retryAfter(failure).ifPresent(wait -> reply.header(HttpHeaders.RETRY_AFTER, wait));
        return reply.build();
    }

    /** Whole seconds after which another try is worth it. */
    private static Optional<Long> retryAfter(Failure failure) {
        return switch (failure) {
            case Failure.Overloaded(Duration wait) ->
                Optional.of(Math.max(1, wait.plusMillis(999).toSeconds()));
            case Failure.Unavailable _ -> Optional.of(1L);
            default -> Optional.empty();
        };
    }

    @ServerExceptionMapper
    Response outOfMemory(SlabLimitException exception) {
        LOG.log(Level.WARNING, exception.getMessage());
        return failure(new Failure.Overloaded(Duration.ofSeconds(1)).asException());
    }

    @ServerExceptionMapper
    Response overloaded(OverloadException exception) {
        return failure(new Failure.Overloaded(exception.retryAfter()).asException());
    }

    @ServerExceptionMapper
    Response unsupported(NotSupportedException exception, ContainerRequestContext request) {
        boolean encoded = !RequestBody.isReadable(request.getHeaderString(HttpHeaders.CONTENT_ENCODING));
        ResponseBuilder reply = encoded
                ? negotiation(415, "unsupported-encoding", HttpHeaders.CONTENT_ENCODING, ENCODINGS, request)
                        .header(HttpHeaders.ACCEPT_ENCODING, ENCODINGS)
                : negotiation(415, "unsupported-media-type", HttpHeaders.CONTENT_TYPE, FORMATS, request);
        return reply.header(HttpHeaders.ACCEPT, FORMATS).build();
    }

    @ServerExceptionMapper
    Response notAcceptable(NotAcceptableException exception, ContainerRequestContext request) {
        return negotiation(406, "not-acceptable", HttpHeaders.ACCEPT, FORMATS, request)
                .build();
    }

    private static ResponseBuilder negotiation(
            int status, String kind, String header, String expected, ContainerRequestContext request) {
        String actual = Optional.ofNullable(request.getHeaderString(header)).orElse("none");
        String detail = "%s must be one of %s, got %s.".formatted(header, expected, actual);
        return reply(Problem.about(status, kind, detail, "", expected, actual));
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException exception, ContainerRequestContext request) {
        String detail = "There is nothing at this address for " + request.getMethod() + ".";
        return reply(Problem.of(404, "not-found", detail)).build();
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException exception) {
        return reply(Problem.of(405, "method-not-allowed", "This address does not take this method."))
                .header(HttpHeaders.ALLOW, exception.getResponse().getHeaderString(HttpHeaders.ALLOW))
                .build();
    }

    @ServerExceptionMapper
    Response other(WebApplicationException exception) {
        int status = exception.getResponse().getStatus();
        return reply(Problem.of(status, "http-" + status, "The request was refused."))
                .build();
    }

    @ServerExceptionMapper
    Response fault(Throwable fault) {
        String incident = UUID.randomUUID().toString();
        LOG.log(Level.ERROR, "Incident " + incident, fault);
        return reply(Problems.of(new Failure.Internal(incident))).build();
    }

    private static ResponseBuilder reply(Problem problem) {
        return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    }
}
