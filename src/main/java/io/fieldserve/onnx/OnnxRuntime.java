package io.fieldserve.onnx;

import io.fieldserve.onnx.graph.ModelFile;
import io.fieldserve.onnx.graph.ModelFile.Weights;
import io.fieldserve.onnx.graph.RefusedModelException;
import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.EnsembleOpener;
import io.fieldserve.surrogate.EnsembleVariant;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.surrogate.PlainModel;
import io.fieldserve.tensor.TensorAllocator;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** ONNX Runtime in this process: decides once, at start, which execution provider all sessions run on. */
public final class OnnxRuntime implements EnsembleOpener {

    private static final System.Logger LOG = System.getLogger(OnnxRuntime.class.getName());

    private final TensorAllocator allocator;
    private final OnnxSettings settings;
    private final ExecutionProvider provider;
    private final SessionFactory sessions;
    private final List<String> numerics;

    /**
     * Chooses the execution provider.
     *
     * @param allocator of the outputs
     * @throws EnsembleException the preferred provider isn't to be had and no fallback is allowed
     */
    public OnnxRuntime(OnnxSettings settings, TensorAllocator allocator) {
        this(settings, ProviderChoice.choose(settings), allocator);
    }

    /** Runs on a provider that was {@linkplain ProviderChoice chosen} by these settings. */
    public OnnxRuntime(OnnxSettings settings, ExecutionProvider provider, TensorAllocator allocator) {
        this.settings = settings;
        this.allocator = allocator;
        this.provider = provider;
        this.sessions = new SessionFactory(settings, provider);
        this.numerics = Numerics.remarks(
                provider, settings.accelerator(), Optional.ofNullable(System.getenv(Numerics.TF32_OVERRIDE)));
        numerics.forEach(remark -> LOG.log(Level.WARNING, "{0}", remark));
    }

    @Override
    public Manifest describe(Path graph, String name, int version) {
        check(graph, Weights.BESIDE);
        try (OnnxSession session = sessions.open(new GraphSource.OnDisk(graph), leastThreads())) {
            PlainFields fields = new PlainFields();
            return PlainModel.manifest(
                    name, version, fields.of("input", session.inputs()), fields.of("output", session.outputs()));
        }
    }

    @Override
    public List<EnsembleVariant> variants(Manifest manifest, Path folder) {
        if (!manifest.plain()) {
            manifest.ensemble().files().forEach(file -> check(folder.resolve(file.path()), Weights.INSIDE));
        }
        GraphPlan shipped = GraphPlan.asShipped(manifest, folder);
        List<EnsembleVariant> variants = new ArrayList<>();
        // A plain model has no golden case that would tell whether a rewritten graph is as good.
        Optional<GraphPlan> rewritten = settings.session().rewriting() && !manifest.plain()
                ? GraphPlan.rewritten(manifest, folder, provider == ExecutionProvider.CPU)
                : Optional.empty();
        rewritten.ifPresent(plan -> variants.add(variant(manifest, shipped, leastThreads())));
        GraphPlan best = rewritten.orElse(shipped);
        threadCounts(best.graphs().size()).forEach(threads -> variants.add(variant(manifest, best, threads)));
        return variants;
    }

    private void check(Path graph, Weights weights) {
        try {
            ModelFile.check(graph, settings.models(), weights);
        } catch (RefusedModelException e) {
            throw new EnsembleException(e.getMessage(), e);
        } catch (IOException e) {
            throw new EnsembleException("%s can't be read".formatted(graph.getFileName()), e);
        }
    }

    /** A single thread, which wastes none on waiting, and each graph's share of all when they run side by side. */
    private IntStream threadCounts(int sideBySide) {
        int share = Math.max(1, settings.threads() / sideBySide);
        return settings.session().intraOpThreads().isPresent()
                ? IntStream.of(leastThreads())
                : IntStream.of(1, share).distinct();
    }

    private int leastThreads() {
        return settings.session().intraOpThreads().orElse(1);
    }

    private EnsembleVariant variant(Manifest manifest, GraphPlan plan, int threads) {
        return new EnsembleVariant("%s, %d threads each".formatted(plan, threads), () -> open(manifest, plan, threads));
    }

    private Ensemble open(Manifest manifest, GraphPlan plan, int threads) {
        List<OnnxSession> opened = new ArrayList<>();
        try {
            plan.graphs().forEach(graph -> opened.add(sessions.open(graph, threads)));
            OnnxEnsemble ensemble = switch (plan.layout()) {
                case MOMENTS -> new MomentsEnsemble(manifest, plan.remarking(numerics), opened.getFirst(), allocator);
                case SEPARATE ->
                    manifest.plain()
                            ? new PlainEnsemble(manifest, plan.remarking(numerics), opened.getFirst(), allocator)
                            : new SeparateEnsemble(manifest, plan.remarking(numerics), opened, allocator);
            };
            ensemble.checkSignature();
            return ensemble;
        } catch (RuntimeException | Error e) {
            opened.forEach(OnnxSession::close);
            throw e;
        }
    }
}
