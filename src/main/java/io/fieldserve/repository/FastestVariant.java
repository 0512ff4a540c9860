package io.fieldserve.repository;

import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.EnsembleVariant;
import io.fieldserve.surrogate.Manifest;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Finds out which way of running a version is the fastest that passes its test. */
final class FastestVariant {

    private static final System.Logger LOG = System.getLogger(FastestVariant.class.getName());

    /** What a less plain way must save to be worth it; less may be the noise of the machine. */
    private static final double WORTHWHILE = 0.85;

    private final Acceptance acceptance;

    FastestVariant(Acceptance acceptance) {
        this.acceptance = acceptance;
    }

    /** A version that passed its test, and how long that took. */
    private record Trial(SurrogateVersion version, Duration took) {}

    /**
     * Tries all ways and keeps one open.
     *
     * @throws RuntimeException the plainest fails, which means that the version is not what it says it is
     */
    SurrogateVersion of(List<EnsembleVariant> variants, Manifest manifest, Path folder) {
        Trial best = attempt(variants.getFirst(), manifest, folder);
        for (EnsembleVariant variant : variants.subList(1, variants.size())) {
            best = better(best, variant, manifest, folder);
        }
        return best.version();
    }

    private Trial better(Trial best, EnsembleVariant variant, Manifest manifest, Path folder) {
        try {
            Trial trial = attempt(variant, manifest, folder);
            boolean faster = trial.took().toNanos() < WORTHWHILE * best.took().toNanos();
            (faster ? best : trial).version().ensemble().close();
            return faster ? trial : best;
        } catch (Error e) {
            best.version().ensemble().close();
            throw e;
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "%s/%s can't be run as %s".formatted(manifest.name(), manifest.version(), variant),
                    e);
            return best;
        }
    }

    private Trial attempt(EnsembleVariant variant, Manifest manifest, Path folder) {
        Ensemble ensemble = variant.open();
        try {
            SurrogateVersion version = new SurrogateVersion(manifest, ensemble, folder);
            Duration took = acceptance.test(version);
            LOG.log(
                    Level.INFO,
                    "{0}/{1} as {2}: {3} ms",
                    manifest.name(),
                    Integer.toString(manifest.version()),
                    variant,
                    took.toNanos() * 1e-6);
            return new Trial(version, took);
        } catch (RuntimeException | Error e) {
            ensemble.close();
            throw e;
        }
    }
}
