package io.fieldserve.server.metrics;

import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.batching.Batcher;
import io.fieldserve.onnx.device.Device;
import io.fieldserve.repository.RepositoryIndex;
import io.fieldserve.repository.SurrogateRepository;
import io.fieldserve.server.FieldserveConfig;
import io.fieldserve.tensor.SlabPool;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What requests hold at the moment, each beside its bound, and what is served. Read when it is asked for. */
@Singleton
final class ServiceGauges {

    void admission(@Observes StartupEvent event, AdmissionGate gate, FieldserveConfig config, MeterRegistry registry) {
        FieldserveConfig.Limits limits = config.limits();
        gauge(registry, "fieldserve.requests.in.flight", "Requests admitted and not yet answered", gate::requests);
        gauge(registry, "fieldserve.requests.in.flight.limit", "What is over is answered with 429", limits::requests);
        gauge(registry, "fieldserve.request.in.flight.bytes", "Bytes of the bodies of requests in flight", gate::bytes);
        gauge(
                registry,
                "fieldserve.request.in.flight.limit.bytes",
                "What is over is answered with 429",
                () -> limits.inFlight().asLongValue());
    }

    void backlog(@Observes StartupEvent event, Batcher batcher, FieldserveConfig config, MeterRegistry registry) {
        gauge(
                registry,
                "fieldserve.backlog.seconds",
                "How long all that waits is likely to take",
                () -> batcher.backlog().toNanos() / 1e9);
        gauge(
                registry,
                "fieldserve.backlog.limit.seconds",
                "What is over is answered with 429",
                () -> config.limits().backlog().toNanos() / 1e9);
    }

    void memory(@Observes StartupEvent event, SlabPool slabs, FieldserveConfig config, MeterRegistry registry) {
        FieldserveConfig.Memory memory = config.memory();
        gauge(registry, "fieldserve.slabs.outstanding", "Slabs that requests hold", slabs::outstandingSlabs);
        gauge(
                registry,
                "fieldserve.slabs.outstanding.bytes",
                "Bytes of the slabs that requests hold",
                slabs::outstandingBytes);
        gauge(
                registry,
                "fieldserve.slabs.outstanding.limit.bytes",
                "What is over is answered with 429",
                () -> memory.limit().asLongValue());
        gauge(
                registry,
                "fieldserve.slabs.retained.bytes",
                "Bytes of unused slabs kept for later requests",
                slabs::retainedBytes);
        gauge(
                registry,
                "fieldserve.slabs.retained.limit.bytes",
                "What is over is freed",
                () -> memory.retained().asLongValue());
    }

    void device(@Observes StartupEvent event, Device device, MeterRegistry registry) {
        device.pageLock().ifPresent(lock -> {
            gauge(registry, "fieldserve.device.locked.bytes", "Bytes of memory that is page-locked", lock::lockedBytes);
            gauge(
                    registry,
                    "fieldserve.device.lock.refusals",
                    "How often memory could not be page-locked",
                    lock::refusals);
        });
    }

    void versions(@Observes StartupEvent event, SurrogateRepository repository, MeterRegistry registry) {
        versions(registry, repository, "served", index -> index.versions().count());
        versions(registry, repository, "rejected", index -> index.rejected().size());
        versions(registry, repository, "unloaded", index -> index.unloaded().size());
    }

    private static void versions(
            MeterRegistry registry,
            SurrogateRepository repository,
            String state,
            ToDoubleFunction<RepositoryIndex> count) {
        Gauge.builder("fieldserve.versions", repository, held -> count.applyAsDouble(held.index()))
                .description("Versions that are on disk, by whether they are served")
                .tag("state", state)
                .register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }
}
