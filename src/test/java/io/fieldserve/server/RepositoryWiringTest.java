package io.fieldserve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.source.Sources;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configuration keys of the repository, as users write them. */
class RepositoryWiringTest {

    private static final String KEY = "fieldserve.repository.";

    @TempDir
    Path folder;

    @Test
    void sourcesComeAfterFolders() throws IOException {
        // Given
        FieldserveConfig.Repository config = config(Map.of(
                "path",
                folder.toString(),
                "cache",
                folder.resolve("cache").toString(),
                "sources.s.url",
                "s3://bucket/prefix",
                "sources.h.url",
                "https://host/x.tgz",
                "sources.h.sha256",
                "0".repeat(64),
                "sources.o.url",
                "oci://host/lab/darcy:v1"));

        // When
        try (Sources sources = SourceWiring.sources(config)) {

            // Then
            assertThat(RepositoryWiring.settings(config, sources).roots())
                    .extracting(root -> root.name())
                    .containsExactly(folder.getFileName().toString(), "h", "o", "s");
        }
    }

    @Test
    void foldersMayBeLeftToSources() throws IOException {
        // Given
        FieldserveConfig.Repository config =
                config(Map.of("path", "", "cache", folder.toString(), "sources.o.url", "oci://host/lab/darcy:v1"));

        // When
        try (Sources sources = SourceWiring.sources(config)) {

            // Then
            assertThat(RepositoryWiring.settings(config, sources).roots()).hasSize(1);
        }
    }

    @Test
    void ofSeveralFoldersTheFirstComesFirst() {
        // Given
        FieldserveConfig.Repository config = config(Map.of("path", "src/test,src/main"));

        // When, Then
        assertThat(RepositoryWiring.settings(config, Sources.none()).roots())
                .extracting(root -> root.name())
                .containsExactly("test", "main");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "versions                | newest              | versions: 'newest' is no choice of versions",
                "surrogates.a-b.versions | 0                   | surrogates.a-b.versions: '0' is no choice of versions",
                "path                    | no/such             | path: there is no folder",
                "signature-key           | pom.xml             | signature-key: pom.xml holds no public Ed25519 key",
                "signature-key           | no.pem              | signature-key: no.pem can't be read",
                "sources.x.url           | ftp://host/x.tgz    | sources.x: the address must begin with https, oci or s3",
                "sources.x.url           | https://host/x.tgz  | sources.x: '' is no SHA-256 of 64 lower-case digits",
                "sources.x.url           | oci://host/x        | sources.x: expected oci://",
                "sources.X.url           | oci://host/x:v1     | sources: 'X' is no name of a-z, 0-9 and -"
            })
    void saysWhichKeyIsWrong(String key, String value, String expected) {
        // Given
        Map<String, String> keys = new HashMap<>(Map.of("path", "src/test", "cache", folder.toString()));
        keys.put(key, value);
        FieldserveConfig.Repository config = config(keys);

        // When, Then
        assertThatThrownBy(() -> RepositoryWiring.settings(config, SourceWiring.sources(config)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(KEY + expected);
    }

    @Test
    void sourcesNeedACache() {
        // Given
        FieldserveConfig.Repository config = config(Map.of("sources.o.url", "oci://host/lab/darcy:v1"));

        // When, Then
        assertThatThrownBy(() -> SourceWiring.sources(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("fieldserve.repository.cache: sources need a folder of their own");
    }

    private static FieldserveConfig.Repository config(Map<String, String> keys) {
        Map<String, String> all = new HashMap<>();
        keys.forEach((key, value) -> all.put(KEY + key, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(FieldserveConfig.class)
                .withDefaultValues(all)
                .build()
                .getConfigMapping(FieldserveConfig.class)
                .repository();
    }
}
