package io.fieldserve.server;

import io.fieldserve.batching.AdmissionBounds;
import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.batching.BatchPolicy;
import io.fieldserve.batching.Batcher;
import io.fieldserve.clients.ClientBounds;
import io.fieldserve.clients.ClientGate;
import io.fieldserve.clients.ClientLimits;
import io.fieldserve.codec.Json;
import io.fieldserve.codec.NpzArchive;
import io.fieldserve.onnx.device.Device;
import io.fieldserve.openinference.RepositoryControl;
import io.fieldserve.openinference.ServerMetadata;
import io.fieldserve.prediction.ArrayArchive;
import io.fieldserve.prediction.Catalogue;
import io.fieldserve.prediction.ExampleCases;
import io.fieldserve.prediction.PredictionListener;
import io.fieldserve.prediction.Predictor;
import io.fieldserve.prediction.RequestLimits;
import io.fieldserve.prediction.Trails;
import io.fieldserve.repository.SurrogateRepository;
import io.fieldserve.tensor.MemoryLock;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.TensorAllocator;
import io.fieldserve.wire.BodyLimit;
import io.quarkus.arc.All;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the plain objects of the packages below and joins them. */
final class Wiring {

    @Produces
    @Singleton
    SlabPool slabs(FieldserveConfig config, Device device) {
        FieldserveConfig.Memory memory = config.memory();
        MemoryLock lock = config.cuda().pageLocked() ? device.memoryLock() : MemoryLock.NONE;
        return new SlabPool(memory.retained().asLongValue(), memory.limit().asLongValue(), lock);
    }

    @Produces
    @Singleton
    ArrayArchive archive(TensorAllocator allocator) {
        return new NpzArchive(allocator);
    }

    @Produces
    @Singleton
    Batcher batcher(FieldserveConfig config) {
        return new Batcher(threads(config));
    }

    static int threads(FieldserveConfig config) {
        return config.execution().threads().orElse(Runtime.getRuntime().availableProcessors());
    }

    @Produces
    @Singleton
    AdmissionGate gate(FieldserveConfig config, Batcher batcher) {
        FieldserveConfig.Limits limits = config.limits();
        AdmissionBounds bounds =
                new AdmissionBounds(limits.requests(), limits.inFlight().asLongValue(), limits.backlog());
        return new AdmissionGate(bounds, batcher::backlog);
    }

    @Produces
    @Singleton
    ClientLimits clientLimits(FieldserveConfig config) {
        FieldserveConfig.Client client = config.limits().client();
        try {
            return new ClientLimits(new ClientBounds(client.requests(), client.rate(), client.burst()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("fieldserve.limits.client: " + e.getMessage());
        }
    }

    @Produces
    @Singleton
    ClientGate clientGate(ClientLimits limits, AdmissionGate gate) {
        return new ClientGate(limits, gate);
    }

    @Produces
    @Singleton
    BatchPolicy policy(FieldserveConfig config) {
        FieldserveConfig.Batching batching = config.batching();
        return new BatchPolicy(batching.items(), batching.bytes().asLongValue(), batching.delay());
    }

    @Produces
    @Singleton
    Predictor predictor(
            Batcher batcher,
            BatchPolicy policy,
            TensorAllocator allocator,
            @All List<PredictionListener> listeners,
            Trails trails) {
        return new Predictor(batcher, policy, allocator, PredictionListener.all(listeners), trails);
    }

    @Produces
    @Singleton
    Catalogue catalogue(SurrogateRepository repository) {
        return new Catalogue(repository);
    }

    @Produces
    @Singleton
    RepositoryControl control(FieldserveConfig config, SurrogateRepository repository, Catalogue catalogue) {
        return new RepositoryControl(config.repository().control(), repository, catalogue);
    }

    @Produces
    @Singleton
    ServerMetadata serverMetadata(@ConfigProperty(name = "quarkus.application.version") String version) {
        return ServerMetadata.of(version);
    }

    @Produces
    @Singleton
    ExampleCases examples(ArrayArchive archive) {
        return new ExampleCases(archive);
    }

    @Produces
    @Singleton
    RequestLimits requestLimits(FieldserveConfig config) {
        return new RequestLimits(
                config.limits().batch(),
                config.limits().points(),
                config.limits().timeout());
    }

    @Produces
    @Singleton
    Json json(FieldserveConfig config) {
        try {
            return new Json(config.limits().jsonDepth());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("fieldserve.limits.json-depth: " + e.getMessage());
        }
    }

    @Produces
    @Singleton
    BodyLimit bodyLimit(FieldserveConfig config) {
        return new BodyLimit(
                config.limits().body().asLongValue(), config.limits().bodyTime());
    }
}
