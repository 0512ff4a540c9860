package io.fieldserve.source;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an artifact is.
 *
 * @param registry its address, without a path
 * @param reference a tag, or a digest {@code sha256:...}
 */
record OciReference(URI registry, String repository, String reference) {

    private static final Pattern PARTS = Pattern.compile(
            "oci(\\+http)?://([^/@?#]+)/([a-z0-9._/-]+?)(?::(\\w[\\w.-]{0,127})|@(sha256:[0-9a-f]{64}))");

    /**
     * Reads {@code oci://registry/repository:tag} or {@code ...@sha256:...}; {@code oci+http} is for registries without TLS.
     *
     * @throws IllegalArgumentException it is something else
     */
    static OciReference parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "expected oci://<registry>/<repository>:<tag> or oci://<registry>/<repository>@sha256:<digest>");
        }
        String scheme = parts.group(1) == null ? "https" : "http";
        String reference = parts.group(4) == null ? parts.group(5) : parts.group(4);
        return new OciReference(URI.create(scheme + "://" + parts.group(2)), parts.group(3), reference);
    }

    /** The digest of the manifest, where that is what the reference is. */
    Optional<String> digest() {
        return reference.startsWith("sha256:") ? Optional.of(reference) : Optional.empty();
    }

    URI manifest(String tagOrDigest) {
        return registry.resolve("/v2/" + repository + "/manifests/" + tagOrDigest);
    }

    URI blob(String digest) {
        return registry.resolve("/v2/" + repository + "/blobs/" + digest);
    }

    @Override
    public String toString() {
        return "%s/%s%s%s".formatted(registry, repository, digest().isPresent() ? "@" : ":", reference);
    }
}
