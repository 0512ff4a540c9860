package io.fieldserve.source;

import io.fieldserve.source.OciManifest.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The layers of an artifact, or of an image, in a registry. Manifest and layers must have the digests that lead to them. A layer
 * is a packed folder or, as ORAS pushes single files, a file with its name as title.
 */
public final class OciArtifact implements Source {

    private static final String SHA256 = "sha256:";

    private final OciReference reference;
    private final Optional<Credentials> credentials;
    private final TransferLimits limits;
    private final HttpGet http;

    /**
     * Asks nothing yet.
     *
     * @param address {@code oci://<registry>/<repository>:<tag>}, or {@code @sha256:<digest>} for what never changes
     * @throws IllegalArgumentException it is something else
     */
    public OciArtifact(String address, Optional<Credentials> credentials, TransferLimits limits) {
        this.reference = OciReference.parse(address);
        this.credentials = credentials;
        this.limits = limits;
        this.http = new HttpGet(limits);
    }

    @Override
    public Optional<Offer> look(Optional<String> revision) throws IOException, InterruptedException {
        if (revision.isPresent() && reference.digest().equals(revision.map(SHA256::concat))) {
            return Optional.empty();
        }
        OciRegistry registry = new OciRegistry(reference.registry(), http, credentials);
        byte[] manifest = registry.document(reference.manifest(reference.reference()), OciManifest.MEDIA_TYPES);
        String actual = Sha256.of(manifest);
        if (reference.digest().isPresent()) {
            Sha256.require(hex(reference.digest().get()), actual);
        }
        return revision.equals(Optional.of(actual))
                ? Optional.empty()
                : Optional.of(new Offer(actual, staging -> fetch(registry, manifest, staging)));
    }

    private void fetch(OciRegistry registry, byte[] json, Staging staging) throws IOException, InterruptedException {
        OciManifest manifest = OciManifest.read(json);
        if (manifest.layers() == null && manifest.manifests() != null) {
            manifest = chosen(registry, manifest);
        }
        if (manifest.layers() == null || manifest.layers().isEmpty()) {
            throw new IOException("the manifest has no layers");
        }
        Tree tree = new Tree(staging.tree(), limits.bytes());
        long left = limits.bytes();
        for (Descriptor layer : manifest.layers()) {
            left -= layer.size();
            if (layer.size() < 0 || left < 0) {
                throw new IOException(
                        "its layers have more than the %d bytes that are allowed".formatted(limits.bytes()));
            }
            unpack(layer, blob(registry, layer, staging), tree);
        }
    }

    /** Any platform's: surrogates are the same for all. */
    private OciManifest chosen(OciRegistry registry, OciManifest index) throws IOException, InterruptedException {
        Descriptor first = index.manifests().stream()
                .filter(manifest -> !manifest.isAside())
                .findFirst()
                .orElseThrow(() -> new IOException("the index has no manifest"));
        byte[] json = registry.document(reference.manifest(first.digest()), OciManifest.MEDIA_TYPES);
        Sha256.require(hex(first.digest()), Sha256.of(json));
        return OciManifest.read(json);
    }

    private Path blob(OciRegistry registry, Descriptor layer, Staging staging)
            throws IOException, InterruptedException {
        String digest = hex(layer.digest());
        Path file = staging.scratch().resolve(digest);
        URI uri = reference.blob(layer.digest());
        registry.ask(headers -> http.file(uri, headers, file, layer.size()), "*/*");
        Sha256.require(digest, file);
        return file;
    }

    private static void unpack(Descriptor layer, Path file, Tree tree) throws IOException {
        Optional<Archive> archive = layer.archive();
        if (archive.isPresent()) {
            archive.get().unpack(file, tree);
        } else {
            try (InputStream content = Files.newInputStream(file)) {
                tree.file(layer.title().orElseThrow(), content);
            }
        }
        Files.delete(file);
    }

    private static String hex(String digest) throws IOException {
        if (!digest.matches(SHA256 + "[0-9a-f]{64}")) {
            throw new IOException("'%s' is no SHA-256".formatted(digest));
        }
        return digest.substring(SHA256.length());
    }

    @Override
    public String toString() {
        return reference.toString();
    }
}
