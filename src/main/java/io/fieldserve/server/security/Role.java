package io.fieldserve.server.security;

import io.quarkus.security.identity.SecurityIdentity;
import java.util.Locale;

/** What a caller may do; each role includes those before it. */
public enum Role {
    /** Look at what is served: descriptions, examples, statistics, metrics. */
    READ,
    /** Have predictions made. */
    PREDICT,
    /** Load and unload surrogates, and whatever has no role of its own. */
    ADMIN;

    /** As configuration and tokens spell it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean heldBy(SecurityIdentity caller) {
        return caller.hasRole(wireName())
                || switch (this) {
                    case READ -> PREDICT.heldBy(caller);
                    case PREDICT -> ADMIN.heldBy(caller);
                    case ADMIN -> false;
                };
    }
}
