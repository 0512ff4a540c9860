package io.fieldserve.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldserve.prediction.Failure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;

/** Answers requests that are refused before they reach a resource, with what a resource would have said. */
@Singleton
public final class Refusals {

    private final ProblemReplies replies;
    private final ObjectMapper mapper;

    @Inject
    Refusals(ProblemReplies replies, ObjectMapper mapper) {
        this.replies = replies;
        this.mapper = mapper;
    }

    /** Answers with the failure and ends the exchange. Headers may have been set before. */
    public void answer(RoutingContext exchange, Failure failure) {
        Response reply =
                replies.to(exchange.normalizedPath(), Problems.of(failure)).build();
        exchange.response()
                .setStatusCode(reply.getStatus())
                .putHeader(HttpHeaders.CONTENT_TYPE, reply.getMediaType().toString())
                .end(Buffer.buffer(json(reply.getEntity())));
    }

    private byte[] json(Object entity) {
        try {
            return mapper.writeValueAsBytes(entity);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a problem is plain", e);
        }
    }
}
