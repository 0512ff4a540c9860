package io.fieldserve.source;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image manifest, or an index of such, as the OCI image specification 1.1 and Docker's older types have them.
 *
 * @param layers null in an index
 * @param manifests null in a manifest
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record OciManifest(List<Descriptor> layers, List<Descriptor> manifests) {

    /** What a request for one accepts. */
    static final String MEDIA_TYPES = String.join(
            ", ",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TITLE = "org.opencontainers.image.title";
    private static final String UNPACK = "io.deis.oras.content.unpack";

    /** Something in the registry. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Descriptor(
            String mediaType, String digest, long size, Map<String, String> annotations, Map<String, Object> platform) {

        /** The name of the file that this is, for what isn't to be unpacked. */
        Optional<String> title() {
            return annotation(TITLE);
        }

        /** What it is packed as: a layer of an image, a folder that was packed for the way, or an archive of that name. */
        Optional<Archive> archive() throws IOException {
            boolean packed = title().isEmpty() || annotation(UNPACK).equals(Optional.of("true"));
            if (!packed) {
                return title().flatMap(Archive::of);
            }
            if (mediaType.endsWith("gzip")) {
                return Optional.of(Archive.TAR_GZ);
            }
            if (mediaType.endsWith("tar")) {
                return Optional.of(Archive.TAR);
            }
            throw new IOException("a layer is %s, expected one that ends in tar or gzip".formatted(mediaType));
        }

        private Optional<String> annotation(String key) {
            return Optional.ofNullable(annotations).map(all -> all.get(key));
        }

        /** Whether it is for no platform, as signatures and attestations in an index are. */
        boolean isAside() {
            return platform != null && "unknown".equals(platform.get("os"));
        }
    }

    static OciManifest read(byte[] json) throws IOException {
        return JSON.readValue(json, OciManifest.class);
    }
}
