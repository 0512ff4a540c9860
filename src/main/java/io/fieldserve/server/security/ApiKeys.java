package io.fieldserve.server.security;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Callers by the SHA-256 of their keys. A slow hash, as passwords need it, would cost each request milliseconds and protect
 * nothing: a key is 256 random bits, which nobody finds by trying. Keys themselves are never held.
 */
final class ApiKeys {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");

    private final List<Caller> callers;

    private record Caller(Hash hash, SecurityIdentity identity) {}

    /** The bytes of a hash; without a text, so that they aren't logged. */
    private static final class Hash {
        private final byte[] bytes;

        Hash(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Takes the same time wherever they differ. */
        boolean is(byte[] other) {
            return MessageDigest.isEqual(bytes, other);
        }
    }

    private ApiKeys(List<Caller> callers) {
        this.callers = List.copyOf(callers);
    }

    /**
     * Reads what is configured.
     *
     * @param keys by the name of who holds them
     * @throws ConfigurationException one is not a hash, has no role or is there twice; the hash is not told, as it may be a
     *     key by mistake
     */
    static ApiKeys of(Map<String, SecurityConfig.Key> keys) {
        List<Caller> callers = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        keys.forEach((name, key) -> {
            String setting = "fieldserve.security.keys." + name;
            String hash = key.sha256();
            if (!SHA_256.matcher(hash).matches()) {
                throw new ConfigurationException(
                        "%s.sha256: expected the 64 hexadecimal digits of a SHA-256, got %d characters"
                                .formatted(setting, hash.length()));
            }
            if (key.roles().isEmpty()) {
                throw new ConfigurationException(setting + ".roles: expected some of read, predict, admin");
            }
            byte[] bytes = HexFormat.of().parseHex(hash);
            if (!seen.add(HexFormat.of().formatHex(bytes))) {
                throw new ConfigurationException(setting + ".sha256: somebody else has the same key");
            }
            callers.add(new Caller(new Hash(bytes), identity(name, key.roles())));
        });
        return new ApiKeys(callers);
    }

    private static SecurityIdentity identity(String name, Set<Role> roles) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRoles(roles.stream().map(Role::wireName).collect(Collectors.toSet()))
                .build();
    }

    boolean isEmpty() {
        return callers.isEmpty();
    }

    /** Whose key it is. Compares with all there are, so that the time taken tells nothing of them. */
    Optional<SecurityIdentity> holder(String key) {
        byte[] hash = sha256(key);
        SecurityIdentity holder = null;
        for (Caller caller : callers) {
            if (caller.hash().is(hash)) {
                holder = caller.identity();
            }
        }
        return Optional.ofNullable(holder);
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
