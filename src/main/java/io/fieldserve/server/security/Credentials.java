package io.fieldserve.server.security;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a caller sends to say who it is: the same in headers of HTTP and in metadata of gRPC. */
final class Credentials {

    static final String AUTHORIZATION = "authorization";
    static final String KEY = "x-api-key";

    private static final String BEARER = "Bearer ";

    private Credentials() {}

    /** A key that came as one, which nothing else can be. */
    static Optional<String> key(UnaryOperator<String> headers) {
        return Optional.ofNullable(headers.apply(KEY));
    }

    /** What came as bearer: a key or a token. */
    static Optional<String> bearer(UnaryOperator<String> headers) {
        return Optional.ofNullable(headers.apply(AUTHORIZATION))
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
    }
}
