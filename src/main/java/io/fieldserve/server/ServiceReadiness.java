package io.fieldserve.server;

import io.fieldserve.openinference.Readiness;
import io.fieldserve.repository.SurrogateRepository;
import io.quarkus.smallrye.health.runtime.ShutdownReadinessCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/** Ready as {@code /q/health/ready} is, for the protocols that have a word for it of their own. */
@ApplicationScoped
class ServiceReadiness implements Readiness {

    private final SurrogateRepository repository;
    private final ShutdownReadinessCheck shutdown;

    @Inject
    ServiceReadiness(
            SurrogateRepository repository,
            @org.eclipse.microprofile.health.Readiness ShutdownReadinessCheck shutdown) {
        this.repository = repository;
        this.shutdown = shutdown;
    }

    @Override
    public boolean ready() {
        return repository.index().complete() && shutdown.call().getStatus() == Status.UP;
    }
}
