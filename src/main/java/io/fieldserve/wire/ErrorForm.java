package io.fieldserve.wire;

import jakarta.ws.rs.core.Response.ResponseBuilder;

/** How an API words failures. Those outside of all such APIs come as {@code application/problem+json}. */
public interface ErrorForm {

    /** Whether requests to this path are of this API. */
    boolean covers(String path);

    /** The reply, with its status, type and body. */
    ResponseBuilder reply(Problem problem);
}
