package io.fieldserve.server.metrics;

import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.PredictionListener;
import io.fieldserve.repository.RepositoryIndex;
import io.fieldserve.repository.RepositoryListener;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.wire.EncodeListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Histogram;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.IdentityHashMap;

/**
 * Histograms of each version that is served, and of no other: what is unloaded or replaced takes its meters with it, and
 * requests that end on it later are not recorded.
 */
@Singleton
final class VersionMetrics implements PredictionListener, EncodeListener, RepositoryListener {

    /** Spreads of ensembles differ by orders of magnitude between problems. */
    private static final double[] SPREADS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1
    };

    private final MeterRegistry registry;
    /** Not Micrometer's, which rounds what it puts into buckets to whole numbers. */
    private final Histogram spread;

    /** By identity: a version that is replaced by one of the same number is another. Never changed, only exchanged. */
    private volatile IdentityHashMap<Manifest, VersionMeters> meters = new IdentityHashMap<>();

    @Inject
    VersionMetrics(MeterRegistry registry, CollectorRegistry collectors) {
        this.registry = registry;
        this.spread = Histogram.build()
                .name("fieldserve_spread")
                .help("How much the members disagreed on a case: norm of the std over norm of the mean")
                .labelNames("model", "version", "field")
                .buckets(SPREADS)
                .register(collectors);
    }

    @Override
    public void changing(RepositoryIndex index) {
        IdentityHashMap<Manifest, VersionMeters> next = new IdentityHashMap<>();
        index.versions().map(SurrogateVersion::manifest).forEach(manifest -> next.put(manifest, meters.get(manifest)));
        // The old ones first: they may have the names of new ones.
        meters.forEach((manifest, gone) -> {
            if (!next.containsKey(manifest)) {
                gone.remove(manifest, registry, spread);
            }
        });
        next.replaceAll((manifest, kept) -> kept == null ? new VersionMeters(manifest, registry, spread) : kept);
        meters = next;
    }

    @Override
    public void answered(Prediction prediction, long nanos) {
        VersionMeters recorded = meters.get(prediction.manifest());
        if (recorded != null) {
            recorded.answered(prediction);
        }
    }

    @Override
    public void encoded(Manifest manifest, long nanos) {
        VersionMeters recorded = meters.get(manifest);
        if (recorded != null) {
            recorded.encoded(nanos);
        }
    }

    @Override
    public void failed(Manifest manifest, Throwable why, long nanos) {
        // Counted under the name that Triton gives it.
    }
}
