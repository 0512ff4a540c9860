package io.fieldserve.server;

import io.fieldserve.batching.AdmissionBounds;
import io.fieldserve.batching.AdmissionGate;
import io.fieldserve.batching.BatchPolicy;
import io.fieldserve.batching.Batcher;
import io.fieldserve.codec.NpzArchive;
import io.fieldserve.onnx.OnnxRuntime;
import io.fieldserve.onnx.device.Device;
import io.fieldserve.openinference.RepositoryControl;
import io.fieldserve.openinference.ServerMetadata;
import io.fieldserve.prediction.ArrayArchive;
import io.fieldserve.prediction.Catalogue;
import io.fieldserve.prediction.ExampleCases;
import io.fieldserve.prediction.GoldenCheck;
import io.fieldserve.prediction.PredictionListener;
import io.fieldserve.prediction.Predictor;
import io.fieldserve.prediction.RequestLimits;
import io.fieldserve.repository.Acceptance;
import io.fieldserve.repository.RepositoryListener;
import io.fieldserve.repository.SurrogateRepository;
import io.fieldserve.repository.TimedAcceptance;
import io.fieldserve.tensor.MemoryLock;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.TensorAllocator;
import io.fieldserve.wire.BodyLimit;
import io.quarkus.arc.All;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
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
    BatchPolicy policy(FieldserveConfig config) {
        FieldserveConfig.Batching batching = config.batching();
        return new BatchPolicy(batching.items(), batching.bytes().asLongValue(), batching.delay());
    }

    @Produces
    @Singleton
    Predictor predictor(
            Batcher batcher, BatchPolicy policy, TensorAllocator allocator, @All List<PredictionListener> listeners) {
        return new Predictor(batcher, policy, allocator, PredictionListener.all(listeners));
    }

    @Produces
    @Singleton
    SurrogateRepository repository(
            FieldserveConfig config,
            OnnxRuntime runtime,
            Batcher batcher,
            BatchPolicy policy,
            TensorAllocator allocator,
            ArrayArchive archive,
            ExampleCases examples,
            RepositoryListener listener) {
        Path root = config.repository().path();
        if (!Files.isDirectory(root)) {
            throw new ConfigurationException("fieldserve.repository.path: there is no folder " + root.toAbsolutePath());
        }
        // Its predictions are nobody's, so that nobody counts them.
        Predictor predictor = new Predictor(batcher, policy, allocator, PredictionListener.NONE);
        GoldenCheck golden = new GoldenCheck(predictor, archive);
        Acceptance acceptance = new TimedAcceptance(
                version -> {
                    examples.verify(version);
                    return golden.test(version);
                },
                config.model().testTime());
        return new SurrogateRepository(root, runtime, acceptance, listener);
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
    BodyLimit bodyLimit(FieldserveConfig config) {
        return new BodyLimit(
                config.limits().body().asLongValue(), config.limits().bodyTime());
    }
}
