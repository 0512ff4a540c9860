package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** What Slice nodes take of each axis. */
final class Slices {

    /** Exporters write "to the end" as a number about this large, of 32 or 64 bits. */
    private static final long END = Integer.MAX_VALUE;

    private final Constants constants;

    Slices(Constants constants) {
        this.constants = constants;
    }

    /** The part taken, by axis; axes that it leaves whole are missing. Empty where the axes aren't known. */
    Optional<Map<Integer, Kept>> parts(NodeProto slice, int rank) {
        List<OptionalLong> starts = elements(slice, 1);
        List<OptionalLong> ends = elements(slice, 2);
        Optional<List<Integer>> axes = axes(slice, starts.size(), rank);
        Optional<List<Long>> steps = Graph.input(slice, 4)
                .map(constants::integers)
                .orElseGet(() -> Optional.of(starts.stream().map(start -> 1L).toList()));
        if (axes.isEmpty()) {
            return Optional.empty();
        }
        Map<Integer, Kept> parts = new HashMap<>();
        for (int index = 0; index < axes.get().size(); index++) {
            boolean known = index < starts.size()
                    && index < ends.size()
                    && steps.filter(all -> all.size() == starts.size()).isPresent()
                    && steps.get().get(index) == 1;
            parts.put(axes.get().get(index), known ? part(starts.get(index), ends.get(index)) : Kept.ALL);
        }
        return Optional.of(parts);
    }

    private Optional<List<Integer>> axes(NodeProto slice, int count, int rank) {
        Optional<String> axes = Graph.input(slice, 3);
        if (axes.isEmpty()) {
            return Optional.of(LongStream.range(0, count).boxed().toList())
                    .filter(all -> !all.isEmpty())
                    .map(all -> ShapeRules.axes(all, rank));
        }
        return constants.integers(axes.get()).map(values -> ShapeRules.axes(values, rank));
    }

    /** Those of a vector among the inputs, none where its length isn't known. */
    private List<OptionalLong> elements(NodeProto slice, int input) {
        return Graph.input(slice, input).flatMap(constants::elements).orElse(List.of());
    }

    private static Kept part(OptionalLong start, OptionalLong end) {
        if (start.isEmpty() || end.isEmpty()) {
            return Kept.ALL;
        }
        long from = start.getAsLong();
        long to = end.getAsLong();
        if (from >= 0 && to > 0 && to < END) {
            return new Kept(to, 0);
        }
        boolean atTheEnd = from < 0 && from > -END && (to < 0 || to >= END);
        return atTheEnd ? new Kept(0, -from) : Kept.ALL;
    }
}
