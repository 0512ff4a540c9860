package io.fieldserve.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

    /** Of "abc", from FIPS 180-2, appendix B.1. */
    private static final String HASH_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private record Key(String sha256, Set<Role> roles) implements SecurityConfig.Key {}

    @Test
    void knowsItsHolderByNameAndRoles() {
        // Given
        ApiKeys keys = ApiKeys.of(Map.of(
                "other", new Key(Keys.sha256("def"), Set.of(Role.ADMIN)),
                "pipeline", new Key(HASH_OF_ABC.toUpperCase(Locale.ROOT), Set.of(Role.PREDICT))));

        // When
        Optional<SecurityIdentity> holder = keys.holder("abc");

        // Then
        assertThat(holder).hasValueSatisfying(identity -> {
            assertThat(identity.getPrincipal().getName()).isEqualTo("pipeline");
            assertThat(identity.getRoles()).containsExactly("predict");
            assertThat(identity.isAnonymous()).isFalse();
        });
        assertThat(keys.holder("def"))
                .map(other -> other.getPrincipal().getName())
                .hasValue("other");
        assertThat(keys.holder("abd")).isEmpty();
        assertThat(keys.holder("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 63})
    void everyDigitOfAHashCounts(int digit) {
        // Given
        String other = new StringBuilder(HASH_OF_ABC)
                .replace(digit, digit + 1, HASH_OF_ABC.charAt(digit) == '0' ? "1" : "0")
                .toString();
        ApiKeys keys = ApiKeys.of(Map.of("bob", new Key(other, Set.of(Role.READ))));

        // When
        Optional<SecurityIdentity> holder = keys.holder("abc");

        // Then
        assertThat(holder).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sesame", "ba7816bf", HASH_OF_ABC + "00"})
    void whatIsNoHashEndsTheStartAndIsNotTold(String hash) {
        // Given
        Map<String, SecurityConfig.Key> configured = Map.of("bob", new Key(hash, Set.of(Role.READ)));

        // When, Then
        assertThatThrownBy(() -> ApiKeys.of(configured))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("fieldserve.security.keys.bob.sha256: expected the 64 hexadecimal digits of a SHA-256, got "
                        + hash.length() + " characters");
    }

    @Test
    void aKeyOfTwoIsRefused() {
        // Given
        Key key = new Key(HASH_OF_ABC, Set.of(Role.READ));

        // When, Then
        assertThatThrownBy(() -> ApiKeys.of(Map.of("one", key, "two", key)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("somebody else has the same key");
    }

    @Test
    void aKeyWithoutRolesIsRefused() {
        // When, Then
        assertThatThrownBy(() -> ApiKeys.of(Map.of("bob", new Key(HASH_OF_ABC, Set.of()))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("fieldserve.security.keys.bob.roles");
    }
}
