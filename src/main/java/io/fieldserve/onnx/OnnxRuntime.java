package io.fieldserve.onnx;

import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.EnsembleFiles.Layout;
import io.fieldserve.surrogate.EnsembleOpener;
import io.fieldserve.surrogate.EnsembleVariant;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.TensorAllocator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** ONNX Runtime in this process: decides once, at start, which execution provider all sessions run on. */
public final class OnnxRuntime implements EnsembleOpener {

    private final TensorAllocator allocator;
    private final OnnxSettings settings;
    private final SessionFactory sessions;

    /**
     * Chooses the execution provider.
     *
     * @param allocator of the outputs
     * @throws EnsembleException the preferred provider isn't to be had and no fallback is allowed
     */
    public OnnxRuntime(OnnxSettings settings, TensorAllocator allocator) {
        this.settings = settings;
        this.allocator = allocator;
        this.sessions = new SessionFactory(settings, ProviderChoice.choose(settings));
    }

    @Override
    public List<EnsembleVariant> variants(Manifest manifest, Path folder) {
        List<Graph> graphs = manifest.ensemble().files().stream()
                .<Graph>map(file -> new Graph.OnDisk(folder.resolve(file.path())))
                .toList();
        return threadCounts(graphs.size())
                .mapToObj(threads -> variant(manifest, manifest.ensemble().layout(), graphs, threads))
                .toList();
    }

    /** Each graph's fair share of the threads, and before it a single thread, which wastes none on waiting. */
    private IntStream threadCounts(int sideBySide) {
        int share = Math.max(1, settings.threads() / sideBySide);
        return settings.session().intraOpThreads().isPresent()
                ? IntStream.of(settings.session().intraOpThreads().getAsInt())
                : IntStream.of(1, share).distinct();
    }

    private EnsembleVariant variant(Manifest manifest, Layout layout, List<Graph> graphs, int threads) {
        return new EnsembleVariant(
                "%d graphs of %d threads".formatted(graphs.size(), threads),
                () -> open(manifest, layout, graphs, threads));
    }

    private Ensemble open(Manifest manifest, Layout layout, List<Graph> graphs, int threads) {
        List<OnnxSession> opened = new ArrayList<>();
        try {
            graphs.forEach(graph -> opened.add(sessions.open(graph, threads)));
            OnnxEnsemble ensemble = switch (layout) {
                case MOMENTS -> new MomentsEnsemble(manifest, opened.getFirst(), allocator);
                case SEPARATE -> new SeparateEnsemble(manifest, opened, allocator);
            };
            ensemble.checkSignature();
            return ensemble;
        } catch (RuntimeException | Error e) {
            opened.forEach(OnnxSession::close);
            throw e;
        }
    }
}
