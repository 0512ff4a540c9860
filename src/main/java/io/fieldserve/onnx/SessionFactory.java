package io.fieldserve.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.fieldserve.surrogate.EnsembleException;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Opens graphs on one execution provider. */
final class SessionFactory {

    private static final System.Logger LOG = System.getLogger(SessionFactory.class.getName());

    private final OrtEnvironment environment = HeldEnvironment.get();
    private final OnnxSettings settings;
    private final ExecutionProvider provider;
    private final Optional<OptimisedGraphs> optimised;

    SessionFactory(OnnxSettings settings, ExecutionProvider provider) {
        this.settings = settings;
        this.provider = provider;
        // What accelerators make of a graph can't be kept in this way.
        this.optimised = settings.session()
                .cache()
                .filter(folder -> provider == ExecutionProvider.CPU)
                .map(folder -> new OptimisedGraphs(environment, folder));
    }

    /**
     * Opens a graph.
     *
     * @param threads that one run uses
     * @throws EnsembleException it can't be opened
     */
    OnnxSession open(GraphSource graph, int threads) {
        try (SessionOptions options = new SessionOptions()) {
            configure(options, threads);
            OrtSession session = create(graph, options);
            LOG.log(Level.DEBUG, "{0} runs on {1}, {2} threads a run", graph.name(), provider.wireName(), threads);
            return new OnnxSession(
                    environment, session, provider, threads, settings.session().arena());
        } catch (OrtException e) {
            throw new EnsembleException(
                    "%s can't be opened on %s: %s".formatted(graph.name(), provider.wireName(), e.getMessage()), e);
        }
    }

    private OrtSession create(GraphSource graph, SessionOptions options) throws OrtException {
        if (optimised.isPresent()) {
            return optimised.get().open(graph.model(), settings.session().optimisation(), options);
        }
        return switch (graph) {
            case GraphSource.OnDisk onDisk -> {
                Optional<byte[]> inlined = onDisk.inlined();
                yield inlined.isPresent()
                        ? environment.createSession(inlined.get(), options)
                        : environment.createSession(onDisk.file().toString(), options);
            }
            case GraphSource.InMemory made -> environment.createSession(made.model(), options);
        };
    }

    private void configure(SessionOptions options, int threads) throws OrtException {
        SessionSettings session = settings.session();
        options.setOptimizationLevel(session.optimisation().level());
        // With one thread a run happens on its caller's thread alone, and no pool is made.
        options.setIntraOpNumThreads(threads);
        options.addConfigEntry("session.intra_op.allow_spinning", session.spinning() ? "1" : "0");
        options.setCPUArenaAllocator(session.arena());
        provider.addTo(options, settings.accelerator());
    }
}
