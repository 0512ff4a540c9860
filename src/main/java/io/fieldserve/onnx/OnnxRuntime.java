package io.fieldserve.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.EnsembleOpener;
import io.fieldserve.surrogate.FileDigest;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.TensorAllocator;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * ONNX Runtime in this process: decides once, at start, which execution provider all sessions run on, and owns the
 * threads that run them. Closed before the ensembles it opened, so that no session is closed while it runs.
 */
public final class OnnxRuntime implements EnsembleOpener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(OnnxRuntime.class.getName());

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment("fieldserve");
    private final TensorAllocator allocator;
    private final OnnxSettings settings;
    private final ExecutionProvider provider;
    private final ExecutorService threads;

    /**
     * Chooses the execution provider and starts the threads.
     *
     * @param allocator of the outputs
     * @throws EnsembleException the preferred provider isn't to be had and no fallback is allowed
     */
    public OnnxRuntime(OnnxSettings settings, TensorAllocator allocator) {
        this.settings = settings;
        this.allocator = allocator;
        this.provider = ProviderChoice.choose(settings);
        this.threads = Executors.newFixedThreadPool(
                settings.threads(),
                Thread.ofPlatform().name("inference-", 0).daemon().factory());
    }

    @Override
    public Ensemble open(Manifest manifest, Path folder) {
        return switch (manifest.ensemble().layout()) {
            // One graph gets all threads; separate members run side by side on one thread each, which is faster.
            case MOMENTS -> openMoments(manifest, folder);
            case SEPARATE -> openSeparate(manifest, folder);
        };
    }

    private Ensemble openMoments(Manifest manifest, Path folder) {
        Path file = folder.resolve(manifest.ensemble().files().getFirst().path());
        OnnxSession session = openSession(file, settings.threads());
        return checked(new MomentsEnsemble(manifest, session, allocator, threads));
    }

    private Ensemble openSeparate(Manifest manifest, Path folder) {
        List<OnnxSession> members = new ArrayList<>();
        try {
            for (FileDigest file : manifest.ensemble().files()) {
                members.add(openSession(folder.resolve(file.path()), 1));
            }
        } catch (RuntimeException | Error e) {
            members.forEach(OnnxSession::close);
            throw e;
        }
        return checked(new SeparateEnsemble(manifest, members, allocator, threads));
    }

    private static <E extends OnnxEnsemble> E checked(E ensemble) {
        try {
            ensemble.checkSignature();
            return ensemble;
        } catch (RuntimeException | Error e) {
            ensemble.close();
            throw e;
        }
    }

    private OnnxSession openSession(Path graph, int intraOpThreads) {
        try (SessionOptions options = new SessionOptions()) {
            options.setOptimizationLevel(OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(intraOpThreads);
            provider.addTo(options, settings.device());
            OrtSession session = environment.createSession(graph.toString(), options);
            LOG.log(Level.INFO, "{0} runs on {1}", graph, provider.wireName());
            return new OnnxSession(environment, session, provider);
        } catch (OrtException e) {
            throw new EnsembleException(
                    "%s can't be opened on %s: %s".formatted(graph.getFileName(), provider.wireName(), e.getMessage()),
                    e);
        }
    }

    /** Waits for what is running; from then on ensembles refuse to run. */
    @Override
    public void close() {
        threads.close();
    }
}
