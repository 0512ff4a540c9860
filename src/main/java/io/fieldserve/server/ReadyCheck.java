package io.fieldserve.server;

import io.fieldserve.repository.RepositoryIndex;
import io.fieldserve.repository.SurrogateRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when every surrogate on disk has a version that reproduced its golden case. */
@Readiness
@ApplicationScoped
public class ReadyCheck implements HealthCheck {

    private final SurrogateRepository repository;

    @Inject
    ReadyCheck(SurrogateRepository repository) {
        this.repository = repository;
    }

    @Override
    public HealthCheckResponse call() {
        RepositoryIndex index = repository.index();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("surrogates").status(index.complete());
        index.versions()
                .forEach(version -> response.withData(
                        version.manifest().name() + "/" + version.manifest().version(), "served"));
        index.rejected()
                .forEach(version -> response.withData(
                        version.surrogate() + "/" + version.version(), "rejected: " + version.reason()));
        return response.build();
    }
}
