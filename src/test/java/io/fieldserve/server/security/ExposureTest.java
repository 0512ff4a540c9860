package io.fieldserve.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExposureTest {

    private static final Authentication NONE = new Authentication(false);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "localhost", "::1", "[::1]"})
    void thisMachinesOwnAddressesAreNotPublic(String host) {
        // When
        String publicly = new Exposure(Map.of("quarkus.http.host", host)).publicly();

        // Then
        assertThat(publicly).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "[::]", "0", "192.0.2.7", "2001:db8::7", "name.invalid", "", " "})
    void anyOtherIsRefusedWithoutAuthentication(String host) {
        // Given
        Exposure exposure = new Exposure(Map.of("quarkus.grpc.server.host", host));

        // When, Then
        assertThatThrownBy(() -> NONE.check(exposure, false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("quarkus.grpc.server.host=" + host)
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining("fieldserve.security.keys")
                .hasMessageContaining("fieldserve.security.open=true");
    }

    @Test
    void authenticationOrAWordMakesItFit() {
        // Given
        Exposure exposure = new Exposure(Map.of("quarkus.http.host", "0.0.0.0"));

        // When, Then
        assertThatCode(() -> new Authentication(true).check(exposure, false)).doesNotThrowAnyException();
        assertThatCode(() -> NONE.check(exposure, true)).doesNotThrowAnyException();
    }
}
