package io.fieldserve.repository;

import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.Manifest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One version, opened: what it says of itself, what runs it and where its files lie.
 *
 * <p>Whoever runs it leases it first. Its ensemble is closed once it has been retired and the last lease has ended, so
 * that requests end on the version on which they began.
 */
public final class SurrogateVersion {
    private final Manifest manifest;
    private final Ensemble ensemble;
    private final Path folder;
    /** Leases, and one more until it is retired. */
    private final AtomicInteger holders = new AtomicInteger(1);

    private final AtomicBoolean retired = new AtomicBoolean();

    public SurrogateVersion(Manifest manifest, Ensemble ensemble, Path folder) {
        this.manifest = manifest;
        this.ensemble = ensemble;
        this.folder = folder;
    }

    public Manifest manifest() {
        return manifest;
    }

    public Ensemble ensemble() {
        return ensemble;
    }

    public Path folder() {
        return folder;
    }

    /** The right to run a version, until it is closed. */
    public final class Lease implements AutoCloseable {
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lease() {}

        /** What is leased. */
        public SurrogateVersion version() {
            return SurrogateVersion.this;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release();
            }
        }
    }

    /** A lease, unless the ensemble has been closed or is about to be. */
    public Optional<Lease> lease() {
        int before = holders.getAndUpdate(count -> count == 0 ? 0 : count + 1);
        return before == 0 ? Optional.empty() : Optional.of(new Lease());
    }

    /** Ends being served: the last lease, or this itself where there is none, closes the ensemble. */
    void retire() {
        if (retired.compareAndSet(false, true)) {
            release();
        }
    }

    private void release() {
        if (holders.decrementAndGet() == 0) {
            ensemble.close();
        }
    }
}
