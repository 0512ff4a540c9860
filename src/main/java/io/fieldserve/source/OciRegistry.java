package io.fieldserve.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a registry as its distribution specification has it: what it refuses with 401 is asked again with the token, or the
 * password, that the answer wants. Whoever a redirect leads to gets neither, and can't say who is to get them.
 */
final class OciRegistry {

    private static final int MOST_JSON = 4 << 20;
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI registry;
    private final HttpGet http;
    private final Optional<Credentials> credentials;
    private Optional<String> authorization = Optional.empty();

    OciRegistry(URI registry, HttpGet http, Optional<Credentials> credentials) {
        this.registry = registry;
        this.http = http;
        this.credentials = credentials;
    }

    /** A request with these headers. */
    @FunctionalInterface
    interface Request<T> {
        HttpResponse<T> send(Map<String, String> headers) throws IOException, InterruptedException;
    }

    /** A small document. */
    byte[] document(URI uri, String accept) throws IOException, InterruptedException {
        return ask(headers -> http.bytes(uri, headers, MOST_JSON), accept).body();
    }

    /**
     * What a request gets.
     *
     * @throws IOException its answer isn't 200
     */
    <T> HttpResponse<T> ask(Request<T> request, String accept) throws IOException, InterruptedException {
        HttpResponse<T> reply = request.send(headers(accept));
        if (reply.statusCode() == 401 && reply.uri().getAuthority().equals(registry.getAuthority())) {
            authorization = Optional.of(authorize(reply));
            reply = request.send(headers(accept));
        }
        if (reply.statusCode() != 200) {
            throw new RefusedException("the answer was " + reply.statusCode());
        }
        return reply;
    }

    private Map<String, String> headers(String accept) {
        Map<String, String> headers = new HashMap<>(Map.of("Accept", accept));
        authorization.ifPresent(value -> headers.put("Authorization", value));
        return headers;
    }

    private String authorize(HttpResponse<?> refusal) throws IOException, InterruptedException {
        String challenge = refusal.headers().firstValue("WWW-Authenticate").orElse("");
        if (challenge.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return "Bearer " + token(challenge, refusal.uri());
        }
        return credentials
                .orElseThrow(() -> new RefusedException("the answer was 401, and there are no credentials"))
                .basic();
    }

    private String token(String challenge, URI asked) throws IOException, InterruptedException {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2));
        }
        URI realm = realm(parameters.getOrDefault("realm", ""), asked);
        StringBuilder query = new StringBuilder(realm.getRawQuery() == null ? "?" : "&");
        query.append("service=").append(encode(parameters.getOrDefault("service", "")));
        query.append("&scope=").append(encode(parameters.getOrDefault("scope", "")));
        Map<String, String> headers =
                credentials.map(pair -> Map.of("Authorization", pair.basic())).orElse(Map.of());
        HttpResponse<byte[]> reply = http.bytes(URI.create(realm.toString() + query), headers, MOST_JSON);
        if (reply.statusCode() != 200) {
            throw new RefusedException("no token was given: the answer was " + reply.statusCode());
        }
        JsonNode answer = JSON.readTree(reply.body());
        String token = answer.path("token").asText(answer.path("access_token").asText());
        if (token.isEmpty()) {
            throw new IOException("no token was in the answer");
        }
        return token;
    }

    /** Passwords don't go over plain HTTP because a registry says so. */
    static URI realm(String text, URI asked) throws IOException {
        try {
            URI realm = URI.create(text);
            if (realm.getHost() != null && ("https".equals(realm.getScheme()) || "http".equals(asked.getScheme()))) {
                return realm;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("it asks for a token from what is no address", e);
        }
        throw new IOException("it asks for a token from where none must be asked for");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
