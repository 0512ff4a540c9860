package io.fieldserve.openinference.rest;

import io.fieldserve.wire.ErrorForm;
import io.fieldserve.wire.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Map;

/**
 * Failures as the protocol words them: {@code {"error": "..."}}. Where the native API tells apart what this protocol
 * doesn't, the status is the one that its clients know: 400 for any bad input, 503 for a deadline that passed.
 */
@Singleton
final class OpenInferenceErrors implements ErrorForm {

    @Override
    public boolean covers(String path) {
        return path.equals("/v2") || path.startsWith("/v2/");
    }

    @Override
    public ResponseBuilder reply(Problem problem) {
        return Response.status(status(problem.status()))
                .type(MediaType.APPLICATION_JSON)
                .entity(Map.of("error", problem.detail()));
    }

    private static int status(int status) {
        return switch (status) {
            case 422 -> 400;
            case 504 -> 503;
            default -> status;
        };
    }
}
