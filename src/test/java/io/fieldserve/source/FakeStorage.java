package io.fieldserve.source;

import com.sun.net.httpserver.HttpExchange;
import io.fieldserve.source.FakeServer.Reply;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The bucket {@code models} of S3-compatible storage, listed two objects at a time. Requests must be signed by the key
 * {@code KEY} for us-east-1, as far as one can see without the secret, and their bucket in the path.
 */
final class FakeStorage {

    private final SortedMap<String, String> objects = new TreeMap<>();
    private final FakeServer server;

    FakeStorage(FakeServer server) {
        this.server = server;
        server.on("/models", this::list);
    }

    FakeStorage put(String key, String content) {
        objects.put(key, content);
        server.on("/models/" + key, exchange -> get(exchange, key));
        return this;
    }

    void remove(String key) {
        objects.remove(key);
    }

    private Reply list(HttpExchange exchange) {
        if (!isSigned(exchange)) {
            return error(403, "AccessDenied");
        }
        Map<String, String> query = Arrays.stream(
                        exchange.getRequestURI().getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> decode(pair[1])));
        List<String> keys = objects.keySet().stream()
                .filter(key -> key.startsWith(query.get("prefix")))
                .filter(key -> key.compareTo(query.getOrDefault("continuation-token", "")) > 0)
                .toList();
        List<String> page = keys.subList(0, Math.min(2, keys.size()));
        boolean more = page.size() < keys.size();
        return Reply.of("<ListBucketResult><IsTruncated>%s</IsTruncated>%s%s</ListBucketResult>"
                .formatted(
                        more,
                        more ? "<NextContinuationToken>%s</NextContinuationToken>".formatted(page.getLast()) : "",
                        page.stream().map(this::entry).collect(Collectors.joining())));
    }

    private String entry(String key) {
        return "<Contents><Key>%s</Key><ETag>%s</ETag><Size>%d</Size></Contents>"
                .formatted(key, etag(key), objects.get(key).length());
    }

    private Reply get(HttpExchange exchange, String key) {
        if (!isSigned(exchange)) {
            return error(403, "AccessDenied");
        }
        if (!objects.containsKey(key)) {
            return error(404, "NoSuchKey");
        }
        return etag(key).equals(exchange.getRequestHeaders().getFirst("If-Match"))
                ? Reply.of(objects.get(key))
                : error(412, "PreconditionFailed");
    }

    private String etag(String key) {
        return "\""
                + Sha256.of(objects.get(key).getBytes(StandardCharsets.UTF_8)).substring(0, 32) + "\"";
    }

    private static boolean isSigned(HttpExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        return authorization != null
                && authorization.matches("AWS4-HMAC-SHA256 Credential=KEY/\\d{8}/us-east-1/s3/aws4_request,"
                        + " ?SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*x-amz-date[a-z0-9;-]*, ?Signature=[0-9a-f]{64}");
    }

    private static Reply error(int status, String code) {
        byte[] body = "<Error><Code>%s</Code><Message>no</Message></Error>"
                .formatted(code)
                .getBytes(StandardCharsets.UTF_8);
        return new Reply(status, Map.of("Content-Type", "application/xml"), ByteBuffer.wrap(body));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
