package io.fieldserve.onnx;

import io.fieldserve.onnx.graph.DftRewrite;
import io.fieldserve.onnx.graph.MemberSplit;
import io.fieldserve.onnx.graph.Rewritten;
import io.fieldserve.surrogate.EnsembleFiles.Layout;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which graphs are opened for an ensemble, and how the members lie in them.
 *
 * @param remarks what was rewritten, or is less exact than float32, a sentence each, for whoever asks for the surrogate
 */
record GraphPlan(Layout layout, List<GraphSource> graphs, List<String> remarks) {

    GraphPlan {
        graphs = List.copyOf(graphs);
        remarks = List.copyOf(remarks);
    }

    /** The files as they are. */
    static GraphPlan asShipped(Manifest manifest, Path folder) {
        List<GraphSource> graphs = manifest.ensemble().files().stream()
                .<GraphSource>map(file -> new GraphSource.OnDisk(folder.resolve(file.path())))
                .toList();
        return new GraphPlan(manifest.ensemble().layout(), graphs, List.of());
    }

    /**
     * The same ensemble in graphs that are likely to run faster, if there are such.
     *
     * @param membersApart whether members of one graph are cut into graphs of their own; those run side by side, which is
     *     faster than one graph on processors and slower on accelerators
     */
    static Optional<GraphPlan> rewritten(Manifest manifest, Path folder, boolean membersApart) {
        if (!manifest.ensemble().files().stream().allMatch(file -> Files.isReadable(folder.resolve(file.path())))) {
            // Opening the files as they are says what is wrong.
            return Optional.empty();
        }
        GraphPlan shipped = asShipped(manifest, folder);
        List<byte[]> models = shipped.graphs().stream().map(GraphSource::model).toList();
        Layout layout = shipped.layout();
        Optional<List<byte[]>> apart = membersApart && layout == Layout.MOMENTS
                ? MemberSplit.split(models.getFirst(), memberOutputs(manifest))
                : Optional.empty();
        Set<String> remarks = new LinkedHashSet<>();
        apart.ifPresent(parts -> remarks.add("one graph cut into those of its %d members".formatted(parts.size())));
        List<GraphSource> graphs = new ArrayList<>();
        for (byte[] model : apart.orElse(models)) {
            Optional<Rewritten> faster = DftRewrite.rewrite(model);
            faster.map(Rewritten::description).ifPresent(remarks::add);
            graphs.add(new GraphSource.InMemory(
                    "graph " + graphs.size(), faster.map(Rewritten::model).orElse(model)));
        }
        return remarks.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new GraphPlan(apart.isPresent() ? Layout.SEPARATE : layout, graphs, List.copyOf(remarks)));
    }

    /** The same graphs, with more to say of how they are run. */
    GraphPlan remarking(List<String> more) {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(more);
        return new GraphPlan(layout, graphs, all);
    }

    /** The outputs with all members, and what a member's own is called. */
    private static Map<String, String> memberOutputs(Manifest manifest) {
        return manifest.outputs().stream()
                .collect(Collectors.toMap(field -> manifest.arrayName(field, "members"), Field::name));
    }

    @Override
    public String toString() {
        return graphs.size() + " graphs" + (remarks.isEmpty() ? "" : ", " + String.join(", ", remarks));
    }
}
