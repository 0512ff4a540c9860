package io.fieldserve.wire;

import io.fieldserve.clients.ClientGate;
import io.fieldserve.prediction.Scope;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Where requests with a body come in, whatever their API: within the limits of body and service, or not at all. */
@Singleton
public final class Entrance {

    private final ClientGate gate;
    private final BodyLimit limit;

    @Inject
    public Entrance(ClientGate gate, BodyLimit limit) {
        this.gate = gate;
        this.limit = limit;
    }

    /** What is done with a request that was admitted. */
    @FunctionalInterface
    public interface Work {

        /**
         * Answers.
         *
         * @param content the request's body
         * @param owned what the reply needs until it is sent, the request's place among it; to be handed to the reply
         */
        Response answer(RequestContent content, Scope owned);
    }

    /**
     * Reads a body that brings no inputs: within its limit, but without a place among the requests that predict.
     *
     * @throws io.fieldserve.prediction.FailureException it is announced to be over the limit
     */
    public <T> T read(HttpHeaders headers, RoutingContext exchange, RequestContent.Decoder<T> decoder) {
        RequestContent content = new RequestContent(headers, limit);
        content.bytes();
        return content.decode(exchange, decoder);
    }

    /**
     * Admits a request and has it answered. What it owns is given back at once where that fails.
     *
     * @throws io.fieldserve.prediction.FailureException its body is announced to be over the limit, or its client is over its own
     * @throws io.fieldserve.batching.OverloadException as much is in flight as may be
     * @throws io.fieldserve.batching.DroppedException the service is stopping
     */
    public Response admit(HttpHeaders headers, RoutingContext exchange, Work work) {
        RequestContent content = new RequestContent(headers, limit);
        Scope owned = new Scope();
        try {
            owned.own(gate.enter(() -> RequestClient.of(exchange), content.bytes())::close);
            return work.answer(content, owned);
        } catch (RuntimeException | Error e) {
            owned.close();
            throw e;
        }
    }
}
