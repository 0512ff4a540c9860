package io.fieldserve.source;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A name and its password. */
public record Credentials(String username, String password) {

    /** The value of an {@code Authorization} header. */
    String basic() {
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Doesn't tell. */
    @Override
    public String toString() {
        return "credentials";
    }
}
