package io.fieldserve.source;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** An archive at an address, with the digest that it must have: it is fetched once. */
public final class HttpArchive implements Source {

    private final URI uri;
    private final String sha256;
    private final Map<String, String> headers;
    private final TransferLimits limits;
    private final HttpGet http;
    private final Archive kind;

    /**
     * Asks nothing yet.
     *
     * @throws IllegalArgumentException this can't be the address or the digest of an archive
     */
    public HttpArchive(URI uri, String sha256, Optional<Credentials> credentials, TransferLimits limits) {
        if (uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("the address must have a host, and no password");
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("'%s' is no SHA-256 of 64 lower-case digits".formatted(sha256));
        }
        this.uri = uri;
        this.sha256 = sha256;
        this.headers =
                credentials.map(pair -> Map.of("Authorization", pair.basic())).orElse(Map.of());
        this.limits = limits;
        this.http = new HttpGet(limits);
        this.kind = Archive.of(uri.getPath())
                .orElseThrow(() -> new IllegalArgumentException("the path must end in .tar.gz, .tgz, .tar or .zip"));
    }

    @Override
    public Optional<Offer> look(Optional<String> revision) {
        return revision.equals(Optional.of(sha256)) ? Optional.empty() : Optional.of(new Offer(sha256, this::fetch));
    }

    private void fetch(Staging staging) throws IOException, InterruptedException {
        Path file = staging.scratch().resolve("archive");
        HttpResponse<Path> reply = http.file(uri, headers, file, limits.bytes());
        if (reply.statusCode() != 200) {
            throw new RefusedException("the answer was " + reply.statusCode());
        }
        Sha256.require(sha256, file);
        kind.unpack(file, new Tree(staging.tree(), limits.bytes()));
    }

    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
