package io.fieldserve.umbridge;

import io.fieldserve.wire.ErrorForm;
import io.fieldserve.wire.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Map;
import java.util.Set;

/**
 * Failures as the protocol words them: {@code {"error": {"type": ..., "message": ...}}}, with 400 for whatever the caller
 * can mend.
 */
@Singleton
final class UmBridgeErrors implements ErrorForm {

    private static final Set<String> CALLS = Set.of(
            "Info", "ModelInfo", "InputSizes", "OutputSizes", "Evaluate", "Gradient", "ApplyJacobian", "ApplyHessian");

    @Override
    public boolean covers(String path) {
        return path.startsWith("/umbridge/") || CALLS.contains(path.substring(path.lastIndexOf('/') + 1));
    }

    @Override
    public ResponseBuilder reply(Problem problem) {
        int status = problem.status();
        boolean mendable = status == 404 || status == 413 || status == 422;
        return reply(mendable ? 400 : status, type(problem), problem.detail());
    }

    static ResponseBuilder reply(int status, String type, String message) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Map.of("error", Map.of("type", type, "message", message)));
    }

    private static String type(Problem problem) {
        return switch (problem.status()) {
            case 404 -> "ModelNotFound";
            case 400, 408, 413, 415, 422 -> "InvalidInput";
            case 405 -> "UnsupportedFeature";
            default -> "ServerError";
        };
    }
}
