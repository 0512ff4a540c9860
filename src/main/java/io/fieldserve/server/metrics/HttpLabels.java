package io.fieldserve.server.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Set;

/**
 * Keeps what callers can make up out of the labels of the HTTP server's own metrics: methods that don't exist, and paths
 * that were refused before they met a route.
 */
final class HttpLabels implements MeterFilter {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> FAILURES = Set.of("CLIENT_ERROR", "SERVER_ERROR");

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().equals("http.server.requests")) {
            return id;
        }
        boolean failed = FAILURES.contains(String.valueOf(id.getTag("outcome")));
        return id.replaceTags(
                id.getTags().stream().map(tag -> bounded(tag, failed)).toList());
    }

    private static Tag bounded(Tag tag, boolean failed) {
        return switch (tag.getKey()) {
            case "method" -> METHODS.contains(tag.getValue()) ? tag : Tag.of("method", "OTHER");
            case "uri" -> failed && isPath(tag.getValue()) ? Tag.of("uri", "UNKNOWN") : tag;
            default -> tag;
        };
    }

    /** Whether it is the path of one request, and not a route's with names in braces. */
    private static boolean isPath(String uri) {
        return uri.startsWith("/") && uri.indexOf('{') < 0;
    }
}
