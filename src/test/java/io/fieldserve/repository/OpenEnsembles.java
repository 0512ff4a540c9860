package io.fieldserve.repository;

import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.EnsembleOpener;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.surrogate.EnsembleRun;
import io.fieldserve.surrogate.EnsembleVariant;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens real ensembles and knows which of them are open; a run of a closed one, or a second close, is an error. */
final class OpenEnsembles implements EnsembleOpener {
    private final EnsembleOpener opener;
    private final Set<Counted> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();

    OpenEnsembles(EnsembleOpener opener) {
        this.opener = opener;
    }

    /** How many are open. */
    int open() {
        return open.size();
    }

    /** How many were ever opened. */
    int opened() {
        return opened.get();
    }

    boolean isOpen(Ensemble ensemble) {
        return open.contains((Counted) ensemble);
    }

    @Override
    public Manifest describe(Path graph, String name, int version) {
        return opener.describe(graph, name, version);
    }

    @Override
    public List<EnsembleVariant> variants(Manifest manifest, Path folder) {
        return opener.variants(manifest, folder).stream()
                .map(variant -> new EnsembleVariant(variant.toString(), () -> {
                    Counted counted = new Counted(variant.open());
                    opened.incrementAndGet();
                    open.add(counted);
                    return counted;
                }))
                .toList();
    }

    private final class Counted implements Ensemble {
        private final Ensemble ensemble;

        Counted(Ensemble ensemble) {
            this.ensemble = ensemble;
        }

        @Override
        public String executionProvider() {
            return ensemble.executionProvider();
        }

        @Override
        public List<String> remarks() {
            return ensemble.remarks();
        }

        @Override
        public int threadsPerPart() {
            return ensemble.threadsPerPart();
        }

        @Override
        public EnsembleRun prepare(Map<String, Tensor> inputs, EnsembleQuery query) {
            if (!isOpen(this)) {
                throw new IllegalStateException("run after it was closed");
            }
            return ensemble.prepare(inputs, query);
        }

        @Override
        public void stop() {
            if (!isOpen(this)) {
                throw new IllegalStateException("stopped after it was closed");
            }
            ensemble.stop();
        }

        @Override
        public void close() {
            if (!open.remove(this)) {
                throw new IllegalStateException("closed twice");
            }
            ensemble.close();
        }
    }
}
