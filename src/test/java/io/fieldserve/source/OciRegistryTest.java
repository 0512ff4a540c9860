package io.fieldserve.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a registry may have a token asked for; what it answers is in {@link OciArtifactTest}. */
class OciRegistryTest {

    @ParameterizedTest
    @CsvSource({
        "https://registry/v2/, https://auth/token",
        "http://registry/v2/, https://auth/token",
        "http://registry/v2/, http://auth/token"
    })
    void tokensAreAskedForWithTheSameOrMoreSecrecy(URI asked, String realm) throws IOException {
        // When, Then
        assertThat(OciRegistry.realm(realm, asked)).isEqualTo(URI.create(realm));
    }

    @ParameterizedTest
    @CsvSource({"https://registry/v2/, http://auth/token", "https://registry/v2/, /token", "https://registry/v2/, ''"})
    void passwordsGoNowhereElse(URI asked, String realm) {
        // When, Then
        assertThatThrownBy(() -> OciRegistry.realm(realm, asked))
                .isInstanceOf(IOException.class)
                .hasMessage("it asks for a token from where none must be asked for");
    }
}
