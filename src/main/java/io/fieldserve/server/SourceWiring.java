package io.fieldserve.server;

import io.fieldserve.source.Credentials;
import io.fieldserve.source.HttpArchive;
import io.fieldserve.source.OciArtifact;
import io.fieldserve.source.S3Prefix;
import io.fieldserve.source.Source;
import io.fieldserve.source.Sources;
import io.fieldserve.source.TransferLimits;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;

/** Makes sources from what is configured. */
final class SourceWiring {

    private static final String KEY = "fieldserve.repository.";

    private SourceWiring() {}

    /** Asks none of them yet. */
    static Sources sources(FieldserveConfig.Repository config) {
        TreeMap<String, Source> sources = new TreeMap<>();
        config.sources().forEach((name, source) -> sources.put(requireName(name), source(name, source)));
        if (sources.isEmpty()) {
            return Sources.none();
        }
        Path cache = config.cache()
                .orElseThrow(() -> new ConfigurationException(KEY + "cache: sources need a folder of their own"));
        try {
            return new Sources(cache, sources);
        } catch (IOException e) {
            throw new ConfigurationException(KEY + "cache: %s can't be used: %s".formatted(cache, e.getMessage()));
        }
    }

    private static String requireName(String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new ConfigurationException(KEY + "sources: '%s' is no name of a-z, 0-9 and -".formatted(name));
        }
        return name;
    }

    private static Source source(String name, SourceConfig config) {
        TransferLimits limits = new TransferLimits(
                config.maxSize().asLongValue(), config.connectTimeout(), config.stallTimeout(), config.fileTimeout());
        try {
            String scheme = config.url().replaceFirst("://.*", "");
            return switch (scheme) {
                case "http", "https" ->
                    new HttpArchive(URI.create(config.url()), config.sha256().orElse(""), credentials(config), limits);
                case "oci", "oci+http" -> new OciArtifact(config.url(), credentials(config), limits);
                case "s3" -> new S3Prefix(URI.create(config.url()), config.endpoint(), config.region(), limits);
                default -> throw new IllegalArgumentException("the address must begin with https, oci or s3");
            };
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(KEY + "sources.%s: %s".formatted(name, e.getMessage()));
        }
    }

    private static Optional<Credentials> credentials(SourceConfig config) {
        return config.username()
                .map(username -> new Credentials(username, config.password().orElse("")));
    }
}
