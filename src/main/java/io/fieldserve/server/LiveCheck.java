package io.fieldserve.server;

import io.fieldserve.batching.Batcher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while every thread that predictions depend on is: a service that has lost one needs to be started again. */
@Liveness
@ApplicationScoped
public class LiveCheck implements HealthCheck {

    private final Batcher batcher;

    @Inject
    LiveCheck(Batcher batcher) {
        this.batcher = batcher;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("inference-threads")
                .status(batcher.isWhole())
                .build();
    }
}
