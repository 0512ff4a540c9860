package io.fieldserve.server.metrics;

import static java.util.stream.Collectors.toMap;

import io.fieldserve.batching.BatchTiming;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.Trust.CaseTrust;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The meters of one version, there from the moment it is served, so that a rate sees the first request too. */
final class VersionMeters {

    /** From a tenth of a millisecond to the longest that a request waits by default. */
    private static final Duration[] TIMES = LongStream.of(
                    100,
                    250,
                    500,
                    1_000,
                    2_500,
                    5_000,
                    10_000,
                    25_000,
                    50_000,
                    100_000,
                    250_000,
                    500_000,
                    1_000_000,
                    2_500_000,
                    5_000_000,
                    10_000_000,
                    30_000_000)
            .mapToObj(micros -> Duration.of(micros, ChronoUnit.MICROS))
            .toArray(Duration[]::new);

    private static final double[] CASES = {1, 2, 4, 8, 16, 32, 64, 128, 256};

    private final Timer queue;
    private final Timer infer;
    private final Timer encode;
    private final DistributionSummary batch;
    private final Counter trusted;
    private final Counter doubted;
    private final Map<String, Histogram.Child> spreads;

    /** Registers the meters, but for those of the spread, which are children of a histogram that is there. */
    VersionMeters(Manifest manifest, MeterRegistry registry, Histogram spread) {
        Tags version = Tags.of("model", manifest.name(), "version", Integer.toString(manifest.version()));
        queue = timer(
                "fieldserve.queue", "How long answered requests waited for their batch to begin", version, registry);
        infer = timer("fieldserve.infer", "How long the batches of answered requests ran", version, registry);
        encode = timer(
                "fieldserve.encode", "How long predictions took to be written before they left", version, registry);
        batch = DistributionSummary.builder("fieldserve.batch.cases")
                .description("Cases in the batch that an answered request was part of")
                .tags(version)
                .serviceLevelObjectives(CASES)
                .register(registry);
        trusted = cases(version, true, registry);
        doubted = cases(version, false, registry);
        spreads = manifest.outputs().stream()
                .collect(toMap(Field::name, field -> spread.labels(spreadLabels(manifest, field))));
    }

    private static Timer timer(String name, String description, Tags tags, MeterRegistry registry) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(TIMES)
                .register(registry);
    }

    private static Counter cases(Tags version, boolean trusted, MeterRegistry registry) {
        return Counter.builder("fieldserve.cases")
                .description("Cases answered, by whether nothing spoke against trusting the answer")
                .tags(version)
                .tag("trusted", Boolean.toString(trusted))
                .register(registry);
    }

    private static String[] spreadLabels(Manifest manifest, Field field) {
        return new String[] {manifest.name(), Integer.toString(manifest.version()), field.name()};
    }

    void answered(Prediction prediction) {
        BatchTiming timing = prediction.timing();
        queue.record(timing.queuedNanos(), TimeUnit.NANOSECONDS);
        infer.record(timing.runNanos(), TimeUnit.NANOSECONDS);
        batch.record(timing.items());
        prediction.trust().cases().forEach(this::answered);
    }

    private void answered(CaseTrust answer) {
        (answer.trusted() ? trusted : doubted).increment();
        answer.spread().forEach((field, spread) -> spread.score().ifPresent(spreads.get(field)::observe));
    }

    void encoded(long nanos) {
        encode.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Takes the meters of this version away. */
    void remove(Manifest manifest, MeterRegistry registry, Histogram spread) {
        Stream.<Meter>of(queue, infer, encode, batch, trusted, doubted).forEach(registry::remove);
        manifest.outputs().forEach(field -> spread.remove(spreadLabels(manifest, field)));
    }
}
