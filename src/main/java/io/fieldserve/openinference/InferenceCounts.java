package io.fieldserve.openinference;

import io.fieldserve.batching.BatchTiming;
import io.fieldserve.openinference.ModelStatistics.BatchStatistics;
import io.fieldserve.openinference.ModelStatistics.InferenceStatistics;
import io.fieldserve.openinference.ModelStatistics.Spent;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.PredictionListener;
import io.fieldserve.surrogate.Manifest;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counts the predictions of every version since the start, whatever API they were asked through. */
@Singleton
public final class InferenceCounts implements PredictionListener {

    private final ConcurrentMap<Version, Counts> versions = new ConcurrentHashMap<>();

    private record Version(String name, int number) {
        static Version of(Manifest manifest) {
            return new Version(manifest.name(), manifest.version());
        }
    }

    @Override
    public void answered(Prediction prediction, long nanos) {
        answered(prediction.manifest(), prediction.trust().cases().size(), prediction.timing(), nanos);
    }

    void answered(Manifest manifest, int cases, BatchTiming timing, long nanos) {
        counts(manifest).answered(cases, timing, nanos);
    }

    @Override
    public void failed(Manifest manifest, Throwable why, long nanos) {
        counts(manifest).failures.get(FailureReason.of(why)).add(nanos);
    }

    private Counts counts(Manifest manifest) {
        return versions.computeIfAbsent(Version.of(manifest), version -> new Counts());
    }

    /** How many inferences of one version failed so far, for each reason. */
    public Map<FailureReason, Long> failures(Manifest manifest) {
        Map<FailureReason, Long> failed = new EnumMap<>(FailureReason.class);
        counts(manifest)
                .failures
                .forEach((reason, sum) -> failed.put(reason, sum.spent().count()));
        return failed;
    }

    /** The account of one version so far. */
    public ModelStatistics of(Manifest manifest) {
        return counts(manifest).statistics(manifest);
    }

    private static final class Sum {
        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        void add(long duration) {
            count.increment();
            nanos.add(duration);
        }

        Spent spent() {
            return new Spent(count.sum(), nanos.sum());
        }
    }

    /** Batches of one size. Each request adds its share of a batch, so that the shares of all that were in it make one. */
    private static final class Batches {
        private final DoubleAdder runs = new DoubleAdder();
        private final DoubleAdder nanos = new DoubleAdder();

        void add(double share, long runNanos) {
            runs.add(share);
            nanos.add(share * runNanos);
        }

        Spent spent() {
            return new Spent(Math.round(runs.sum()), Math.round(nanos.sum()));
        }
    }

    private static final class Counts {
        private final AtomicLong last = new AtomicLong();
        private final LongAdder cases = new LongAdder();
        private final Sum success = new Sum();
        /** Each reason has a sum, and none is added later. */
        private final Map<FailureReason, Sum> failures = new EnumMap<>(FailureReason.class);

        private final Sum queue = new Sum();
        private final Sum infer = new Sum();
        private final Sum output = new Sum();
        private final Map<Integer, Batches> batches = new ConcurrentSkipListMap<>();

        Counts() {
            for (FailureReason reason : FailureReason.values()) {
                failures.put(reason, new Sum());
            }
        }

        private Spent failed() {
            return failures.values().stream().map(Sum::spent).reduce(Spent.NOTHING, Spent::plus);
        }

        void answered(int requested, BatchTiming timing, long nanos) {
            last.accumulateAndGet(System.currentTimeMillis(), Math::max);
            cases.add(requested);
            success.add(nanos);
            queue.add(timing.queuedNanos());
            infer.add(timing.runNanos());
            output.add(Math.max(0, nanos - timing.queuedNanos() - timing.runNanos()));
            batches.computeIfAbsent(timing.items(), size -> new Batches())
                    .add((double) requested / timing.items(), timing.runNanos());
        }

        ModelStatistics statistics(Manifest manifest) {
            Spent undone = new Spent(success.spent().count(), 0);
            return new ModelStatistics(
                    manifest.name(),
                    Integer.toString(manifest.version()),
                    last.get(),
                    cases.sum(),
                    batches.values().stream()
                            .mapToLong(batch -> batch.spent().count())
                            .sum(),
                    new InferenceStatistics(
                            success.spent(),
                            failed(),
                            queue.spent(),
                            undone,
                            infer.spent(),
                            output.spent(),
                            Spent.NOTHING,
                            Spent.NOTHING),
                    batches.entrySet().stream()
                            .map(entry -> batchStatistics(
                                    entry.getKey(), entry.getValue().spent()))
                            .toList());
        }

        private static BatchStatistics batchStatistics(int size, Spent spent) {
            Spent undone = new Spent(spent.count(), 0);
            return new BatchStatistics(size, undone, spent, undone);
        }
    }
}
