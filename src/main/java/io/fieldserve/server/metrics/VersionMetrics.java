package io.fieldserve.server.metrics;

import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.PredictionListener;
import io.fieldserve.repository.RepositoryIndex;
import io.fieldserve.repository.RepositoryListener;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.Manifest;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.IdentityHashMap;

/**
 * Histograms of each version that is served, and of no other: what is unloaded or replaced takes its meters with it, and
 * requests that end on it later are not recorded.
 */
@Singleton
final class VersionMetrics implements PredictionListener, RepositoryListener {

    private final MeterRegistry registry;
    /** By identity: a version that is replaced by one of the same number is another. Never changed, only exchanged. */
    private volatile IdentityHashMap<Manifest, VersionMeters> meters = new IdentityHashMap<>();

    @Inject
    VersionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void changing(RepositoryIndex index) {
        IdentityHashMap<Manifest, VersionMeters> next = new IdentityHashMap<>();
        index.versions().map(SurrogateVersion::manifest).forEach(manifest -> next.put(manifest, meters.get(manifest)));
        // The old ones first: they may have the names of new ones.
        meters.forEach((manifest, gone) -> {
            if (!next.containsKey(manifest)) {
                gone.removeFrom(registry);
            }
        });
        next.replaceAll((manifest, kept) -> kept == null ? new VersionMeters(manifest, registry) : kept);
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
    public void failed(Manifest manifest, long nanos) {
        // Counted under the name that Triton gives it.
    }
}
