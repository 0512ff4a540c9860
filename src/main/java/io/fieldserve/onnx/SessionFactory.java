package io.fieldserve.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.fieldserve.surrogate.EnsembleException;
import java.lang.System.Logger.Level;

/** Opens graphs on one execution provider. */
final class SessionFactory {

    private static final System.Logger LOG = System.getLogger(SessionFactory.class.getName());

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment("fieldserve");
    private final OnnxSettings settings;
    private final ExecutionProvider provider;

    SessionFactory(OnnxSettings settings, ExecutionProvider provider) {
        this.settings = settings;
        this.provider = provider;
    }

    /**
     * Opens a graph.
     *
     * @param threads that one run uses
     * @throws EnsembleException it can't be opened
     */
    OnnxSession open(Graph graph, int threads) {
        try (SessionOptions options = new SessionOptions()) {
            configure(options, threads);
            OrtSession session = switch (graph) {
                case Graph.OnDisk(var file) -> environment.createSession(file.toString(), options);
            };
            LOG.log(Level.DEBUG, "{0} runs on {1}, {2} threads a run", graph.name(), provider.wireName(), threads);
            return new OnnxSession(environment, session, provider, threads);
        } catch (OrtException e) {
            throw new EnsembleException(
                    "%s can't be opened on %s: %s".formatted(graph.name(), provider.wireName(), e.getMessage()), e);
        }
    }

    private void configure(SessionOptions options, int threads) throws OrtException {
        SessionSettings session = settings.session();
        options.setOptimizationLevel(session.optimisation().level());
        // With one thread a run happens on its caller's thread alone, and no pool is made.
        options.setIntraOpNumThreads(threads);
        options.addConfigEntry("session.intra_op.allow_spinning", session.spinning() ? "1" : "0");
        options.setCPUArenaAllocator(session.arena());
        provider.addTo(options, settings.device());
    }
}
