package io.fieldserve.source;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Fetches over HTTP within bounds on bytes, silence and time. Redirects are followed, but not from HTTPS to HTTP, and credentials
 * go to nobody but whom they were meant for.
 */
final class HttpGet {

    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final String AUTHORIZATION = "Authorization";

    private final TransferLimits limits;
    private final HttpClient client;

    HttpGet(TransferLimits limits) {
        this.limits = limits;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.connect())
                .build();
    }

    /** Fetches a file, which is there whole when this returns with status 200; with any other status it isn't. */
    HttpResponse<Path> file(URI uri, Map<String, String> headers, Path file, long mostBytes)
            throws IOException, InterruptedException {
        return follow(uri, headers, mostBytes, () -> BodySubscribers.ofFile(file));
    }

    /** Fetches some bytes; no body with any other status than 200. */
    HttpResponse<byte[]> bytes(URI uri, Map<String, String> headers, long mostBytes)
            throws IOException, InterruptedException {
        return follow(uri, headers, mostBytes, BodySubscribers::ofByteArray);
    }

    private <T> HttpResponse<T> follow(
            URI first, Map<String, String> headers, long mostBytes, Supplier<BodySubscriber<T>> body)
            throws IOException, InterruptedException {
        URI uri = first;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri);
            boolean sameHost = uri.getAuthority().equals(first.getAuthority());
            headers.forEach((name, value) -> {
                if (sameHost || !name.equals(AUTHORIZATION)) {
                    request.header(name, value);
                }
            });
            HttpResponse<T> reply = send(request.build(), mostBytes, body);
            if (!REDIRECTS.contains(reply.statusCode())) {
                return reply;
            }
            uri = target(uri, reply.headers().firstValue("Location"));
        }
        throw new IOException("it was redirected more than %d times".formatted(MOST_REDIRECTS));
    }

    /** Where a redirect leads. */
    static URI target(URI from, Optional<String> location) throws IOException {
        try {
            URI target = from.resolve(location.orElse(""));
            boolean web = "https".equals(target.getScheme())
                    || ("http".equals(target.getScheme()) && "http".equals(from.getScheme()));
            if (location.isPresent() && web && target.getHost() != null) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("it was redirected to what is no address", e);
        }
        throw new IOException("it was redirected to where it must not go, or nowhere");
    }

    private <T> HttpResponse<T> send(HttpRequest request, long mostBytes, Supplier<BodySubscriber<T>> body)
            throws IOException, InterruptedException {
        AtomicLong received = new AtomicLong();
        CompletableFuture<HttpResponse<T>> reply = client.sendAsync(
                request,
                info -> info.statusCode() == 200
                        ? new BoundedBody<>(body.get(), mostBytes, received)
                        : BodySubscribers.replacing(null));
        try {
            return await(reply, received);
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause().getMessage() == null
                            ? "the connection failed (%s)"
                                    .formatted(e.getCause().getClass().getSimpleName())
                            : e.getCause().getMessage(),
                    e.getCause());
        } finally {
            reply.cancel(true);
        }
    }

    /** Waits as long as bytes come, and time is left. */
    private <T> T await(CompletableFuture<T> reply, AtomicLong received)
            throws IOException, InterruptedException, ExecutionException {
        long end = System.nanoTime() + limits.file().toNanos();
        long before = 0;
        while (true) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new IOException("it took longer than " + seconds(limits.file()));
            }
            try {
                return reply.get(Math.min(left, limits.stall().toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                long now = received.get();
                if (now == before && System.nanoTime() < end) {
                    throw new IOException("nothing came for " + seconds(limits.stall()), e);
                }
                before = now;
            }
        }
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toNanos() * 1e-9);
    }
}
