package io.fieldserve.http;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Variant;
import java.util.Date;
import java.util.List;
import org.jboss.resteasy.reactive.server.core.request.ServerDrivenNegotiation;

/** A request as the framework negotiates it, without the framework around it. */
record NegotiatedRequest(MultivaluedMap<String, String> headers) implements Request {

    @Override
    public String getMethod() {
        return "POST";
    }

    @Override
    public Variant selectVariant(List<Variant> variants) {
        ServerDrivenNegotiation negotiation = new ServerDrivenNegotiation();
        negotiation.setAcceptHeaders(headers.get(HttpHeaders.ACCEPT));
        return negotiation.getBestMatch(variants);
    }

    @Override
    public ResponseBuilder evaluatePreconditions(EntityTag tag) {
        return null;
    }

    @Override
    public ResponseBuilder evaluatePreconditions(Date lastModified) {
        return null;
    }

    @Override
    public ResponseBuilder evaluatePreconditions(Date lastModified, EntityTag tag) {
        return null;
    }

    @Override
    public ResponseBuilder evaluatePreconditions() {
        return null;
    }
}
