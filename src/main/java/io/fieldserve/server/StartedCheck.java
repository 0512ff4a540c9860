package io.fieldserve.server;

import io.fieldserve.repository.SurrogateRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started when the repository has been read to its end, whatever came of it. */
@Startup
@ApplicationScoped
public class StartedCheck implements HealthCheck {

    private final SurrogateRepository repository;

    @Inject
    StartedCheck(SurrogateRepository repository) {
        this.repository = repository;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("repository-read")
                .status(repository.index().loaded())
                .build();
    }
}
