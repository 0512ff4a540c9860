package io.fieldserve.server;

import io.fieldserve.onnx.device.Device;
import io.fieldserve.onnx.device.DeviceFigures;
import io.fieldserve.repository.RepositoryIndex;
import io.fieldserve.repository.SurrogateRepository;
import io.fieldserve.source.Sources;
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
    private final Sources sources;
    private final Device device;

    @Inject
    ReadyCheck(SurrogateRepository repository, Sources sources, Device device) {
        this.repository = repository;
        this.sources = sources;
        this.device = device;
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
        // Not to be had is no reason not to answer from what there is.
        sources.states()
                .forEach(source -> response.withData(
                        "source." + source.name(),
                        source.trouble().map("not renewed: "::concat).orElse("renewed")));
        device.figures().ifPresent(figures -> report(figures, response));
        device.pageLock()
                .ifPresent(lock -> response.withData("device.memory_locked_bytes", lock.lockedBytes())
                        .withData("device.memory_lock_refusals", lock.refusals()));
        return response.build();
    }

    private static void report(DeviceFigures figures, HealthCheckResponseBuilder response) {
        response.withData("device.memory_used_bytes", figures.memoryUsed())
                .withData("device.memory_total_bytes", figures.memoryTotal());
        figures.utilisation().ifPresent(percent -> response.withData("device.utilisation_percent", percent));
    }
}
