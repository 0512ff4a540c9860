package io.fieldserve.server;

import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.batching.Batcher;
import io.fieldserve.repository.SurrogateRepository;
import io.fieldserve.tensor.SlabPool;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Start and stop. The service answers as soon as the process is up, with 503 until the surrogates are verified; a
 * provider that can't be had, or a repository that can't be read, ends it. Its last word is what requests still held when
 * all work had ended, so that a loss shows.
 */
@Singleton
public final class Lifecycle {

    private static final System.Logger LOG = System.getLogger(Lifecycle.class.getName());

    /** What came over gRPC is waited for here; for what came over HTTP, the framework has waited before. */
    private static final Duration LAST_CALLS = Duration.ofSeconds(10);

    private final SurrogateRepository repository;
    private final RepositoryThread thread;
    private final Batcher batcher;
    private final AdmissionGate gate;
    private final SlabPool slabs;

    @Inject
    Lifecycle(
            SurrogateRepository repository,
            RepositoryThread thread,
            Batcher batcher,
            AdmissionGate gate,
            SlabPool slabs) {
        this.repository = repository;
        this.thread = thread;
        this.batcher = batcher;
        this.gate = gate;
        this.slabs = slabs;
    }

    void start(@Observes StartupEvent event) {
        thread.start(this::load, repository::poll);
    }

    private void load() {
        try {
            repository.load();
            if (repository.index().served().isEmpty()) {
                LOG.log(Level.WARNING, "There is nothing to serve");
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The repository can't be served", e);
            Quarkus.asyncExit(1);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        thread.close();
        gate.drain(LAST_CALLS);
        batcher.close();
        repository.close();
        StillHeld held = StillHeld.by(gate, slabs);
        LOG.log(held.level(), "Stopped; still held: {0}", held);
    }
}
