package io.fieldserve.server.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Keys as callers of a test service hold them, one for each role. Random once, and nobody's since. */
public final class Keys {

    public static final String READ = "3d9b2f6f0c4e4b9f8a51d02f7c6ee1b0a4f7718c2de94c55b7c1e6a09f3d8e21";
    public static final String PREDICT = "b81f0a7d5c3349e2a6d4be905f17c82e6a0d93c1754f4be8926fd3a1c05e7b94";
    public static final String ADMIN = "e2c6471fa93d4d08b5f10c7ea8249d536b1f8e04d7c2495aa3e60b9d8f1c752a";

    private Keys() {}

    /** What a service is told of all of them. */
    public static Map<String, String> configuration() {
        Map<String, String> configuration = new HashMap<>();
        Map.of("reader", READ, "pipeline", PREDICT, "operator", ADMIN)
                .forEach((name, key) -> configuration.put("fieldserve.security.keys." + name + ".sha256", sha256(key)));
        Map.of("reader", "read", "pipeline", "predict", "operator", "admin")
                .forEach((name, role) -> configuration.put("fieldserve.security.keys." + name + ".roles", role));
        return configuration;
    }

    /** What a service is told of one of them. */
    public static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
