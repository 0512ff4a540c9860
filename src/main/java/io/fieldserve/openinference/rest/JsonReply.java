package io.fieldserve.openinference.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** JSON, whatever the caller says to accept: the protocol has nothing else. */
final class JsonReply {

    private JsonReply() {}

    static Response of(Object value) {
        return of(200, value);
    }

    static Response of(int status, Object value) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(value)
                .build();
    }
}
