package io.fieldserve.server;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where surrogates come from, other than a folder. */
public interface SourceConfig {
    /** {@code https://...tgz} or {@code .zip}, {@code oci://registry/repository:tag}, {@code s3://bucket/prefix}. */
    String url();

    /** Of an archive: the SHA-256 that it must have. */
    Optional<String> sha256();

    /** For archives and registries that ask for one. */
    Optional<String> username();

    /** Its password. */
    Optional<String> password();

    /** Of S3-compatible storage that isn't Amazon's. */
    Optional<URI> endpoint();

    /** Of S3, where the environment doesn't say. */
    Optional<String> region();

    /** Bytes of what is fetched, and of what is unpacked from it. */
    @WithDefault("8G")
    MemorySize maxSize();

    /** Until a connection stands. */
    @WithDefault("10s")
    Duration connectTimeout();

    /** Longest silence of the other side. */
    @WithDefault("30s")
    Duration stallTimeout();

    /** Until a single file is there. */
    @WithDefault("30m")
    Duration fileTimeout();
}
