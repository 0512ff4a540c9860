package io.fieldserve.server;

import io.fieldserve.batching.BatchPolicy;
import io.fieldserve.batching.Batcher;
import io.fieldserve.onnx.OnnxRuntime;
import io.fieldserve.prediction.ArrayArchive;
import io.fieldserve.prediction.ExampleCases;
import io.fieldserve.prediction.GoldenCheck;
import io.fieldserve.prediction.PredictionListener;
import io.fieldserve.prediction.Predictor;
import io.fieldserve.prediction.Trails;
import io.fieldserve.repository.Acceptance;
import io.fieldserve.repository.RepositoryListener;
import io.fieldserve.repository.RepositorySettings;
import io.fieldserve.repository.Root;
import io.fieldserve.repository.SignatureCheck;
import io.fieldserve.repository.SurrogateRepository;
import io.fieldserve.repository.TimedAcceptance;
import io.fieldserve.repository.VersionPolicies;
import io.fieldserve.repository.VersionPolicy;
import io.fieldserve.source.Sources;
import io.fieldserve.tensor.TensorAllocator;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the repository from what is configured. A mistake ends the start with a message that names the key. */
final class RepositoryWiring {

    private static final String KEY = "fieldserve.repository.";

    @Produces
    @Singleton
    RepositoryThread thread(FieldserveConfig config) {
        Optional<Duration> poll = config.repository().poll();
        if (poll.isPresent() && poll.get().toMillis() < 1) {
            throw new ConfigurationException(KEY + "poll: %s is no interval, such as 10s".formatted(poll.get()));
        }
        return new RepositoryThread(poll);
    }

    @Produces
    @Singleton
    Sources sources(FieldserveConfig config) {
        return SourceWiring.sources(config.repository());
    }

    void close(@Disposes Sources sources) throws IOException {
        sources.close();
    }

    @Produces
    @Singleton
    SurrogateRepository repository(
            FieldserveConfig config,
            Sources sources,
            OnnxRuntime runtime,
            Batcher batcher,
            BatchPolicy policy,
            TensorAllocator allocator,
            ArrayArchive archive,
            ExampleCases examples,
            RepositoryListener listener) {
        // Its predictions are nobody's, so that nobody counts or follows them.
        Predictor predictor = new Predictor(batcher, policy, allocator, PredictionListener.NONE, Trails.NONE);
        GoldenCheck golden = new GoldenCheck(predictor, archive);
        Acceptance acceptance = new TimedAcceptance(
                version -> {
                    examples.verify(version);
                    return golden.test(version);
                },
                config.model().testTime());
        return new SurrogateRepository(settings(config.repository(), sources), runtime, acceptance, listener);
    }

    static RepositorySettings settings(FieldserveConfig.Repository config, Sources sources) {
        List<Root> roots = new ArrayList<>();
        config.path().orElse(List.of()).forEach(folder -> roots.add(root(folder)));
        sources.folders().forEach((name, folder) -> roots.add(new Root(name, folder)));
        return new RepositorySettings(roots, sources::renew, policies(config), signatures(config));
    }

    private static SignatureCheck signatures(FieldserveConfig.Repository config) {
        try {
            return SignatureCheck.of(config.signatureKey().orElse(List.of()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(KEY + "signature-key: " + e.getMessage());
        } catch (IOException e) {
            throw new ConfigurationException(KEY + "signature-key: %s can't be read".formatted(e.getMessage()));
        }
    }

    private static Root root(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ConfigurationException(KEY + "path: there is no folder " + folder.toAbsolutePath());
        }
        return Root.of(folder);
    }

    private static VersionPolicies policies(FieldserveConfig.Repository config) {
        Map<String, VersionPolicy> own = new HashMap<>();
        config.surrogates()
                .forEach((name, surrogate) -> surrogate
                        .versions()
                        .ifPresent(versions -> own.put(name, policy("surrogates." + name + ".versions", versions))));
        return new VersionPolicies(policy("versions", config.versions()), own);
    }

    private static VersionPolicy policy(String key, String versions) {
        try {
            return VersionPolicy.parse(versions);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(KEY + key + ": " + e.getMessage());
        }
    }
}
