package io.fieldserve.repository;

import java.util.List;

/**
 * What a repository serves.
 *
 * @param roots in order of precedence: where two have a version of the same number, the first one's is served
 * @param supply fills some of them
 * @param policies which versions are wanted
 * @param signatures who must have signed them
 */
public record RepositorySettings(List<Root> roots, Supply supply, VersionPolicies policies, SignatureCheck signatures) {

    public RepositorySettings {
        roots = List.copyOf(roots);
    }

    /** Everything in some folders. */
    public static RepositorySettings of(List<Root> roots) {
        return new RepositorySettings(roots, Supply.NONE, VersionPolicies.ALL, SignatureCheck.NONE);
    }
}
