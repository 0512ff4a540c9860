package io.fieldserve.wire;

import io.fieldserve.batching.DroppedException;
import io.fieldserve.batching.OverloadException;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.tensor.SlabLimitException;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/** Turns every exception of a resource into a reply, those of the framework included, in the form of the API it is of. */
final class ProblemMappers {

    private static final System.Logger LOG = System.getLogger(ProblemMappers.class.getName());

    private final ProblemReplies replies;

    @Inject
    ProblemMappers(ProblemReplies replies) {
        this.replies = replies;
    }

    @ServerExceptionMapper
    Response failure(FailureException exception, ContainerRequestContext request) {
        return reply(exception.failure(), request);
    }

    @ServerExceptionMapper
    Response outOfMemory(SlabLimitException exception, ContainerRequestContext request) {
        LOG.log(Level.WARNING, exception.getMessage());
        return reply(new Failure.Overloaded(Duration.ofSeconds(1)), request);
    }

    @ServerExceptionMapper
    Response overloaded(OverloadException exception, ContainerRequestContext request) {
        return reply(new Failure.Overloaded(exception.retryAfter()), request);
    }

    @ServerExceptionMapper
    Response stopping(DroppedException exception, ContainerRequestContext request) {
        return reply(new Failure.Unavailable("it is shutting down"), request);
    }

    private Response reply(Failure failure, ContainerRequestContext request) {
        ResponseBuilder reply = reply(Problems.of(failure), request);
        retryAfter(failure).ifPresent(wait -> reply.header(HttpHeaders.RETRY_AFTER, wait));
        return reply.build();
    }

    /** Whole seconds after which another try is worth it. */
    private static Optional<Long> retryAfter(Failure failure) {
        return switch (failure) {
            case Failure.Overloaded(Duration wait) -> Optional.of(wholeSeconds(wait));
            case Failure.TooOften(Duration wait) -> Optional.of(wholeSeconds(wait));
            case Failure.TooManyAtOnce _ -> Optional.of(wholeSeconds(Failure.TooManyAtOnce.RETRY_AFTER));
            case Failure.Unavailable _ -> Optional.of(1L);
            default -> Optional.empty();
        };
    }

    static long wholeSeconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    @ServerExceptionMapper
    Response unsupported(UnsupportedCodingException exception, ContainerRequestContext request) {
        Problem problem = Problem.negotiation(
                415, "unsupported-encoding", HttpHeaders.CONTENT_ENCODING, ContentCoding.READ, exception.coding());
        return reply(problem, request)
                .header(HttpHeaders.ACCEPT_ENCODING, ContentCoding.READ)
                .build();
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException exception, ContainerRequestContext request) {
        String detail = "There is nothing at this address for " + request.getMethod() + ".";
        return reply(Problem.of(404, "not-found", detail), request).build();
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException exception, ContainerRequestContext request) {
        return reply(Problem.of(405, "method-not-allowed", "This address does not take this method."), request)
                .header(HttpHeaders.ALLOW, AllowedMethods.of(CurrentRequestManager.get()))
                .build();
    }

    @ServerExceptionMapper
    Response other(WebApplicationException exception, ContainerRequestContext request) {
        int status = exception.getResponse().getStatus();
        return reply(Problem.of(status, "http-" + status, "The request was refused."), request)
                .build();
    }

    @ServerExceptionMapper
    Response fault(Throwable fault, ContainerRequestContext request) {
        String incident = UUID.randomUUID().toString();
        LOG.log(Level.ERROR, "Incident " + incident, fault);
        return reply(new Failure.Internal(incident), request);
    }

    private ResponseBuilder reply(Problem problem, ContainerRequestContext request) {
        return replies.to(request.getUriInfo().getPath(), problem);
    }
}
