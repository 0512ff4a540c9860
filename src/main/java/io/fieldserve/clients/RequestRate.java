package io.fieldserve.clients;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fieldserve.prediction.Failure;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * Holds each client to a rate by a token bucket. A client is forgotten once its bucket would be full again, which changes
 * nothing, or when more than {@value #MOST_CLIENTS} are remembered, which gives one that asks rarely a full bucket.
 */
final class RequestRate {
    static final int MOST_CLIENTS = 50_000;

    private final Bandwidth bandwidth;
    private final TimeMeter clock;
    private final Cache<Client, Bucket> buckets;

    RequestRate(ClientBounds bounds, TimeMeter clock) {
        this.clock = clock;
        this.bandwidth = Bandwidth.builder()
                .capacity(bounds.capacity())
                .refillGreedy(1, bounds.interval())
                .build();
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_CLIENTS)
                .expireAfterAccess(bounds.interval().multipliedBy(bounds.capacity()))
                .ticker(clock::currentTimeNanos)
                .executor(Runnable::run)
                .build();
    }

    /** Counts a request, or says when there may be one. */
    void count(Client client) {
        Bucket bucket = buckets.get(client, unknown -> full());
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new Failure.TooOften(Duration.ofNanos(probe.getNanosToWaitForRefill())).asException();
        }
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(bandwidth)
                .withCustomTimePrecision(clock)
                .build();
    }

    /** Clients that are remembered. */
    long clients() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }
}
