package io.fieldserve.source;

import io.fieldserve.source.FakeServer.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A registry with one repository, {@code lab/darcy}, as the distribution specification has it. */
final class FakeRegistry {

    private final FakeServer server;
    private final List<String> layers = new ArrayList<>();

    FakeRegistry(FakeServer server) {
        this.server = server;
    }

    /** A packed folder, as ORAS pushes one. */
    FakeRegistry folder(byte[] tarGz) {
        return layer("application/vnd.oci.image.layer.v1.tar+gzip", tarGz, """
                {"org.opencontainers.image.title": "darcy", "io.deis.oras.content.unpack": "true"}""");
    }

    /** A single file, as ORAS pushes one. */
    FakeRegistry file(String title, String content) {
        return layer("application/vnd.oci.image.layer.v1.tar", content.getBytes(StandardCharsets.UTF_8), """
                {"org.opencontainers.image.title": "%s"}""".formatted(
                        title));
    }

    /** A layer of an image. */
    FakeRegistry imageLayer(String mediaType, byte[] bytes) {
        return layer(mediaType, bytes, "{}");
    }

    private FakeRegistry layer(String mediaType, byte[] bytes, String annotations) {
        String digest = "sha256:" + Sha256.of(bytes);
        layers.add("""
                {"mediaType": "%s", "digest": "%s", "size": %d, "annotations": %s}""".formatted(mediaType, digest, bytes.length, annotations));
        server.on("/v2/lab/darcy/blobs/" + digest, Reply.of(bytes));
        return this;
    }

    /** Puts a manifest of all layers so far under a tag, and under its digest, which it returns. */
    String tag(String tag) {
        return put(tag, """
                {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                 "config": {"mediaType": "application/vnd.oci.empty.v1+json", "digest": "sha256:44", "size": 2},
                 "layers": [%s]}""".formatted(String.join(", ", layers)));
    }

    /** Puts an index of an attestation and a manifest under a tag. */
    String index(String tag, String manifest) {
        return put(tag, """
                {"schemaVersion": 2, "manifests": [
                 {"digest": "sha256:%s", "size": 1, "platform": {"os": "unknown", "architecture": "unknown"}},
                 {"digest": "%s", "size": 1, "platform": {"os": "linux", "architecture": "arm64"}}]}""".formatted("0".repeat(64), manifest));
    }

    private String put(String tag, String json) {
        String digest = "sha256:" + Sha256.of(json.getBytes(StandardCharsets.UTF_8));
        server.on("/v2/lab/darcy/manifests/" + tag, Reply.of(json));
        server.on("/v2/lab/darcy/manifests/" + digest, Reply.of(json));
        return digest;
    }

    String address(String reference) {
        return "oci+" + server.uri("/lab/darcy" + reference);
    }

    static Reply unauthorised(String challenge) {
        return Reply.status(401, Map.of("WWW-Authenticate", challenge));
    }
}
