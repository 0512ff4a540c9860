package io.fieldserve.server.security;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.lang.System.Logger.Level;

/**
 * Whether callers have to say who they are: as soon as there is a way to. Without one the service is for this machine alone,
 * unless the configuration says otherwise in so many words.
 *
 * @param required whether a role is asked of callers
 */
record Authentication(boolean required) {

    private static final System.Logger LOG = System.getLogger(Authentication.class.getName());

    /**
     * Judges the addresses that are to be bound.
     *
     * @param open whether the configuration says that anybody may call
     * @throws ConfigurationException other machines could call, and nobody said who may
     */
    void check(Exposure exposure, boolean open) {
        String publicly = exposure.publicly();
        if (required || publicly.isEmpty()) {
            return;
        }
        if (!open) {
            throw new ConfigurationException(("Other machines could call without authentication (%s): bind 127.0.0.1, "
                            + "configure fieldserve.security.keys, certificates or quarkus.oidc.auth-server-url, or say "
                            + "fieldserve.security.open=true")
                    .formatted(publicly));
        }
        LOG.log(
                Level.WARNING,
                "Anybody who can reach {0} may call: fieldserve.security.open is true and no authentication is configured",
                publicly);
    }
}
