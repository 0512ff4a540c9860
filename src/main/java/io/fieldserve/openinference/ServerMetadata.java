package io.fieldserve.openinference;

import java.util.List;

/**
 * What the protocol says of the server.
 *
 * @param extensions of the protocol that are offered
 */
public record ServerMetadata(String name, String version, List<String> extensions) {

    public ServerMetadata {
        extensions = List.copyOf(extensions);
    }

    /** This server in some version. */
    public static ServerMetadata of(String version) {
        return new ServerMetadata(
                "fieldserve",
                version,
                List.of(
                        "binary_tensor_data",
                        "model_configuration",
                        "model_repository",
                        "parameters",
                        "schedule_policy",
                        "statistics"));
    }
}
