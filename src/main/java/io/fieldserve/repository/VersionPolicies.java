package io.fieldserve.repository;

import java.util.Map;

/**
 * Which versions of which surrogate are served.
 *
 * @param own those of single surrogates, by name
 * @param usual that of all others
 */
public record VersionPolicies(VersionPolicy usual, Map<String, VersionPolicy> own) {

    /** Everything is served. */
    public static final VersionPolicies ALL = new VersionPolicies(new VersionPolicy.All(), Map.of());

    public VersionPolicies {
        own = Map.copyOf(own);
    }

    VersionPolicy of(String surrogate) {
        return own.getOrDefault(surrogate, usual);
    }
}
